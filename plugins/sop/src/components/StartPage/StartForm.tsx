import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlView } from '@handrail/plugin-sop-common';
import {
  AppLink,
  errorDetails,
  newCommandId,
  PermitButton,
  useErrorMessage,
  useSopLinks,
  useStartRun,
} from '@handrail/plugin-sop-react';
import PlayArrowIcon from '@mui/icons-material/PlayArrow';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type RjsfForm from '@rjsf/core';
import { generateForm } from '@rjsf/mui';
import type { RJSFSchema, RJSFValidationError } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { inputErrors, pathParts } from '../../lib/problems';
import { specOf, startPermit } from '../../lib/procedure';
import { sopTranslationRef } from '../../translation';
import { Forecast } from './Forecast';
import { InputDescription } from './InputDescription';
import { Purpose } from './Purpose';
import { StartNotice } from './StartNotice';
import { TargetField } from './TargetField';

/** Props of {@link StartForm}. */
export interface StartFormProps {
  /** With the content of the revision that is started. */
  entity: Entity;
  mode?: 'rehearsal';
  /** Absent when the back end could not say. */
  control?: ControlView;
  targetRef?: string;
  onTarget(targetRef: string | undefined): void;
}

type Inputs = Record<string, unknown>;

const InputsForm = generateForm<Inputs>();
const validator = customizeValidator<Inputs>();

const UI_SCHEMA = {
  'ui:submitButtonOptions': { norender: true },
  // The page has headings of its own.
  'ui:options': { label: false },
};

const TEMPLATES = { DescriptionFieldTemplate: InputDescription };

/** Asks for target and inputs, tells what will happen, and starts the run. */
export function StartForm(props: StartFormProps) {
  const { entity, mode, control, targetRef, onTarget } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const navigate = useNavigate();
  const message = useErrorMessage();
  const spec = specOf(entity);
  const [inputs, setInputs] = useState<Inputs>({});
  const [tried, setTried] = useState(false);
  // One id for as long as the form is open: a double click starts one run.
  const [commandId] = useState(newCommandId);
  const form = useRef<RjsfForm<Inputs>>(null);
  const { mutate, isPending, isSuccess, error } = useStartRun();

  const schema = spec.inputs as RJSFSchema | undefined;
  const asksInputs = Object.keys(schema?.properties ?? {}).length > 0;
  const needsTarget = spec.appliesTo !== undefined;
  const { problems } = errorDetails(error);
  const extraErrors = useMemo(() => inputErrors(problems), [problems]);
  const targetProblem = problems.find(one =>
    ['targetRef', 'target'].includes(pathParts(one.path)[0]),
  );
  const rest = problems.filter(
    one => one !== targetProblem && pathParts(one.path)[0] !== 'inputs',
  );

  const start = (values: Inputs) => {
    setTried(true);
    if (isPending || isSuccess || (needsTarget && !targetRef)) {
      return;
    }
    mutate(
      {
        commandId,
        sopRef: stringifyEntityRef(entity),
        targetRef: needsTarget ? targetRef : undefined,
        ...(mode ? { mode } : {}),
        inputs: values,
      },
      {
        onSuccess: run => navigate(links.run(run.runId), { replace: true }),
      },
    );
  };
  const submit = () => {
    setTried(true);
    if (asksInputs) {
      form.current?.submit();
    } else {
      start({});
    }
  };
  const plainWords = (errors: RJSFValidationError[]) =>
    errors.map(one =>
      one.name === 'required' ? { ...one, message: t('start.required') } : one,
    );

  return (
    <Box
      sx={{
        display: 'grid',
        gap: 4,
        gridTemplateColumns: { xs: '100%', md: '3fr 2fr' },
        alignItems: 'start',
      }}
    >
      <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
        <StartNotice sopRef={stringifyEntityRef(entity)} {...props} />
        {entity.metadata.description && (
          <Purpose description={entity.metadata.description} />
        )}
        {needsTarget && (
          <TargetField
            spec={spec}
            value={targetRef}
            onChange={onTarget}
            error={
              targetProblem?.message ??
              (tried && !targetRef ? t('start.targetMissing') : undefined)
            }
          />
        )}
        {asksInputs && schema ? (
          <div>
            <Typography variant="h6" component="h2">
              {t('start.inputs')}
            </Typography>
            <InputsForm
              ref={form}
              schema={{ ...schema, title: undefined, description: undefined }}
              uiSchema={UI_SCHEMA}
              templates={TEMPLATES}
              validator={validator}
              formData={inputs}
              onChange={event => setInputs(event.formData ?? {})}
              onSubmit={event => start(event.formData ?? {})}
              transformErrors={plainWords}
              extraErrors={extraErrors}
              showErrorList={false}
              focusOnFirstError
              noHtml5Validate
              idPrefix="sop-input"
            />
          </div>
        ) : (
          <Typography color="text.secondary">{t('start.noInputs')}</Typography>
        )}
        {Boolean(error) && (problems.length === 0 || rest.length > 0) && (
          <Alert severity="error">
            <AlertTitle>{t('start.refused')}</AlertTitle>
            {rest.length > 0
              ? rest.map(one => <div key={one.path}>{one.message}</div>)
              : message(error)}
          </Alert>
        )}
        <Box sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
          <PermitButton
            variant="contained"
            size="large"
            startIcon={<PlayArrowIcon />}
            permit={
              (mode ? control?.canRehearse : control?.canStart) ??
              startPermit(spec.lifecycle, {
                superseded: t('catalogue.superseded'),
                retired: t('catalogue.retired'),
              })
            }
            pending={isPending}
            onClick={submit}
          >
            {mode ? t('start.rehearse') : t('start.submit')}
          </PermitButton>
          <AppLink to={links.catalogue()}>{t('common.cancel')}</AppLink>
        </Box>
      </Box>
      <Forecast
        spec={spec}
        sopRef={stringifyEntityRef(entity)}
        targetRef={targetRef}
        inputs={inputs}
      />
    </Box>
  );
}
