import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  errorDetails,
  useErrorMessage,
  useFocusOnMount,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { ReactNode, useId, useState } from 'react';
import { sopTranslationRef } from '../../translation';

/** Props of {@link ReasonDialog}. */
export interface ReasonDialogProps {
  open: boolean;
  title: string;
  /** What will happen. */
  text: string;
  confirm: string;
  /** Leaves without doing it. */
  dismiss: string;
  pending: boolean;
  error: unknown;
  onConfirm(reason: string): void;
  onClose(): void;
  /** Further choices. */
  children?: ReactNode;
}

/** Greatest length of a reason that the back end takes. */
const MAX_REASON = 4000;

/** Asks for a reason before something that cannot be taken back. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { open, title, text, confirm, dismiss, pending, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const field = useFocusOnMount<HTMLTextAreaElement>();
  const errorMessage = useErrorMessage();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const titleId = useId();
  const textId = useId();
  const problem = errorDetails(error).problems.find(
    one => one.path === 'reason',
  );
  const wrong = missing && !reason.trim();
  return (
    <Dialog
      open={open}
      onClose={props.onClose}
      aria-labelledby={titleId}
      aria-describedby={textId}
      fullWidth
      maxWidth="sm"
    >
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault();
          setMissing(true);
          if (reason.trim() && !pending) {
            props.onConfirm(reason.trim());
          }
        }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <DialogContentText id={textId} sx={{ mb: 2 }}>
            {text}
          </DialogContentText>
          {Boolean(error) && (
            <Alert severity="error" sx={{ mb: 2 }}>
              {errorMessage(error)}
            </Alert>
          )}
          <TextField
            label={t('common.reason')}
            required
            fullWidth
            multiline
            minRows={2}
            inputRef={field}
            value={reason}
            onChange={event => setReason(event.target.value)}
            error={wrong || Boolean(problem)}
            helperText={wrong ? t('common.reasonMissing') : problem?.message}
            inputProps={{ maxLength: MAX_REASON }}
            sx={{ mb: 1 }}
          />
          {props.children}
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose}>{dismiss}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            aria-busy={pending || undefined}
          >
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
