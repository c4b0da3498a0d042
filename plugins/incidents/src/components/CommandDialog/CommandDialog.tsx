import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  IncidentCommandBody,
  IncidentView,
} from '@handrail/plugin-incidents-common';
import { errorDetails, useDraft } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { FormEvent, useId, useRef, useState } from 'react';
import { useIncidentCommand } from '../../hooks';
import { incidentsTranslationRef } from '../../translation';
import { CommandError } from '../CommandError';
import { CommandField } from './CommandField';
import {
  AskingCommand,
  COMMAND_FORMS,
  emptyFields,
  FieldSpec,
  FieldValues,
  initialValues,
  toCommand,
} from './forms';

/** What a command is asked for with. */
export interface AskedCommand {
  type: AskingCommand;
  /** Settled already, such as the role or the item. */
  given?: Partial<IncidentCommandBody>;
  /** What the fields hold at first. */
  values?: FieldValues;
  /** What it is about, as part of the title. */
  subject?: string;
}

/** Props of {@link CommandDialog}. */
export interface CommandDialogProps {
  incident: IncidentView;
  asked: AskedCommand;
  onClose(): void;
}

/** Commands that two people may give at once without stepping on each other. */
const INDEPENDENT: readonly AskingCommand[] = [
  'note',
  'add-action-item',
  'decline-role',
];

/**
 * Asks for what a command needs. What was typed stays over errors, conflicts
 * and an accidental close.
 */
export function CommandDialog(props: CommandDialogProps) {
  const { incident, asked, onClose } = props;
  const { type, given = {} } = asked;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const { mutate, isPending, isSuccess, error } = useIncidentCommand(incident);
  const key = [
    'incidents',
    incident.incidentId,
    type,
    given.role ?? given.actionItemId ?? '',
  ].join(':');
  const [values, setValues, forget] = useDraft<FieldValues>(key, {
    ...initialValues(type, incident),
    ...asked.values,
  });
  // A conflict shows what changed; sending again means having seen it.
  const seen = useRef(incident.version);
  const [tried, setTried] = useState(false);
  const titleId = useId();
  const textId = useId();
  const empty = emptyFields(type, values);
  const verb = t(`command.${type}`);

  const send = () => {
    setTried(true);
    if (empty.length > 0 || isPending || isSuccess) {
      return;
    }
    mutate(
      {
        command: toCommand(type, values, given),
        ...(!INDEPENDENT.includes(type) && { expectedVersion: seen.current }),
      },
      {
        onSuccess: () => {
          forget();
          onClose();
        },
        onError: failure => {
          const shown = errorDetails(failure).changes.map(one => one.seq);
          seen.current = Math.max(seen.current, ...shown);
        },
      },
    );
  };

  return (
    <Dialog
      open
      onClose={isPending ? undefined : onClose}
      aria-labelledby={titleId}
      aria-describedby={textId}
      fullWidth
      maxWidth="sm"
    >
      <Box
        component="form"
        noValidate
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <DialogTitle id={titleId}>
          {asked.subject ? `${verb}: ${asked.subject}` : verb}
        </DialogTitle>
        <DialogContent>
          <DialogContentText id={textId} sx={{ mb: 2 }}>
            {t(`commandText.${type}`)}
          </DialogContentText>
          <CommandError error={error} />
          {(COMMAND_FORMS[type] as FieldSpec[]).map((field, index) => (
            <CommandField
              key={field.name}
              field={field}
              value={values[field.name] ?? []}
              onChange={value => setValues({ ...values, [field.name]: value })}
              missing={tried && empty.includes(field.name)}
              first={index === 0}
            />
          ))}
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            aria-busy={isPending || undefined}
          >
            {verb}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
