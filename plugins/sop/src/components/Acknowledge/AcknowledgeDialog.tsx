import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { indexSpec, SopSpec } from '@handrail/plugin-sop-common';
import {
  ErrorState,
  Loading,
  Markdown,
  useErrorMessage,
  useRevision,
  useRevisionCommand,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { sopTranslationRef } from '../../translation';

/** Props of {@link AcknowledgeDialog}. */
export interface AcknowledgeDialogProps {
  sopRef: string;
  hash: string;
  onClose(): void;
}

/** Shows a revision to be read, and takes the word of who has read it. */
export function AcknowledgeDialog(props: AcknowledgeDialogProps) {
  const { sopRef, hash, onClose } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const titleId = useId();
  const [read, setRead] = useState(false);
  const [missing, setMissing] = useState(false);
  const query = useRevision(sopRef, hash);
  const message = useErrorMessage();
  const { mutate, isPending, error } = useRevisionCommand(sopRef, hash);
  const revision = query.data;
  const submit = () => {
    setMissing(true);
    if (read && !isPending) {
      mutate({ type: 'acknowledge' }, { onSuccess: onClose });
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={titleId}
      fullWidth
      maxWidth="md"
    >
      <DialogTitle id={titleId}>
        {revision
          ? t('control.readTitle', {
              name: revision.title,
              revision: revision.label ?? hash.slice(0, 12),
            })
          : t('control.acknowledge')}
      </DialogTitle>
      <DialogContent dividers tabIndex={0}>
        {query.isPending && <Loading shape="list" />}
        {query.error && (
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        )}
        {revision && <Content spec={revision.spec as unknown as SopSpec} />}
      </DialogContent>
      <DialogContent sx={{ flex: '0 0 auto', overflow: 'visible' }}>
        {Boolean(error) && (
          <Alert severity="error" sx={{ mb: 1 }}>
            {message(error)}
          </Alert>
        )}
        <FormControlLabel
          control={
            <Checkbox
              checked={read}
              onChange={event => setRead(event.target.checked)}
            />
          }
          label={t('control.haveRead')}
        />
        {missing && !read && (
          <FormHelperText error>{t('control.haveReadMissing')}</FormHelperText>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="contained"
          onClick={submit}
          aria-busy={isPending || undefined}
        >
          {t('control.acknowledgeConfirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** All that a person is to have read, in the order of the steps. */
function Content(props: { spec: SopSpec }) {
  return (
    <ol>
      {[...indexSpec(props.spec).values()].map(({ step }) => (
        <li key={step.id}>
          <Typography variant="subtitle2" component="h3">
            {step.name}
          </Typography>
          {'question' in step && step.question && (
            <Markdown content={step.question} />
          )}
          {step.instructions && <Markdown content={step.instructions} />}
        </li>
      ))}
    </ol>
  );
}
