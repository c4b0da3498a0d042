import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  IncidentPermit,
  IncidentView,
} from '@handrail/plugin-incidents-common';
import {
  EntitiesPicker,
  ErrorState,
  isUncertain,
  Loading,
  PermitButton,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import TextField from '@mui/material/TextField';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { FormEvent, useId, useState } from 'react';
import { useDeclare, usePolicy } from '../../hooks';
import type { DeclareRequestHint } from '../../lib/DeclareLauncher';
import { incidentsTranslationRef } from '../../translation';
import { CommandError } from '../CommandError';
import { AFFECTED } from '../../lib/kinds';
import { DeclareDetails } from './DeclareDetails';
import { SeverityField } from './SeverityField';
import { useDeclareForm } from './useDeclareForm';

/** Props of {@link DeclareDialog}. */
export interface DeclareDialogProps {
  hint: DeclareRequestHint;
  onClose(): void;
  onDeclared(incident: IncidentView): void;
}

/** The middle scrolls; title and buttons stay. */
const FORM = {
  display: 'flex',
  flexDirection: 'column',
  minHeight: 0,
} as const;

const WAITING: IncidentPermit = { allowed: true };

/**
 * Declares an incident: one choice, one click. What was typed stays until it
 * succeeded or the form is left.
 */
export function DeclareDialog(props: DeclareDialogProps) {
  const { hint, onClose, onDeclared } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const policy = usePolicy();
  const { draft, title, request, change } = useDeclareForm(hint);
  const { mutate, isPending, isSuccess, error } = useDeclare();
  const [tried, setTried] = useState(false);
  const titleId = useId();
  const helpId = useId();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const limits = policy.data?.limits;
  const permit = policy.data?.permits.declare ?? WAITING;
  const unnamed = !request.title;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (
      draft.severity &&
      !unnamed &&
      permit.allowed &&
      !isPending &&
      !isSuccess
    ) {
      mutate(request, { onSuccess: onDeclared });
    }
  };

  return (
    <Dialog
      open
      onClose={isPending ? undefined : onClose}
      aria-labelledby={titleId}
      fullWidth
      fullScreen={narrow}
      maxWidth="sm"
    >
      <Box component="form" noValidate onSubmit={submit} sx={FORM}>
        <DialogTitle id={titleId} component="h2">
          {t('declare.title')}
        </DialogTitle>
        <DialogContent>
          <CommandError error={error} title={t('declare.failed')} />
          {Boolean(error) && isUncertain(error) && (
            <Alert severity="info" sx={{ mb: 2 }}>
              {t('declare.unsure')}
            </Alert>
          )}
          {permit.reason && !permit.allowed && (
            <Alert severity="warning" sx={{ mb: 2 }}>
              {permit.reason}
            </Alert>
          )}
          {policy.isPending && <Loading shape="list" count={4} />}
          {policy.error && !policy.data && (
            <ErrorState error={policy.error} onRetry={() => policy.refetch()} />
          )}
          {policy.data && (
            <SeverityField
              severities={policy.data.severities}
              value={draft.severity}
              onChange={severity => change({ severity })}
              error={
                tried && !draft.severity
                  ? t('declare.severityMissing')
                  : undefined
              }
            />
          )}
          <TextField
            label={t('declare.name')}
            required
            fullWidth
            size="small"
            value={title}
            onFocus={event =>
              draft.title === undefined && event.target.select()
            }
            onChange={event => change({ title: event.target.value })}
            error={tried && unnamed}
            helperText={tried && unnamed ? t('declare.nameMissing') : undefined}
            inputProps={{ maxLength: limits?.title }}
            sx={{ mb: 2 }}
          />
          <EntitiesPicker
            label={t('declare.entities')}
            query={AFFECTED}
            value={draft.entityRefs}
            onChange={entityRefs => change({ entityRefs })}
          />
          <FormControlLabel
            sx={{ mt: 1 }}
            label={t('declare.takeCommand')}
            control={
              <Checkbox
                checked={draft.takeCommand}
                onChange={(_event, takeCommand) => change({ takeCommand })}
                inputProps={{ 'aria-describedby': helpId }}
              />
            }
          />
          <FormHelperText id={helpId} sx={{ mt: -0.5, ml: 4, mb: 1 }}>
            {t('declare.takeCommandHelp')}
          </FormHelperText>
          <DeclareDetails
            draft={draft}
            onChange={change}
            textLimit={limits?.text}
          />
        </DialogContent>
        <DialogActions sx={{ px: 3, py: 2 }}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <PermitButton
            type="submit"
            variant="contained"
            color="primary"
            permit={permit}
            pending={isPending || isSuccess}
          >
            {isPending ? t('declare.pending') : t('declare.submit')}
          </PermitButton>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
