import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PermitButton, useFocusOnMount } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { CommandError } from '../StepPanel';

/** The answers that can be given from the list. */
export type Answer = 'approve' | 'reject' | 'accept' | 'return';

/** Props of {@link AnswerForm}. */
export interface AnswerFormProps {
  answer: Answer;
  needsReason: boolean;
  pending: boolean;
  error: unknown;
  onConfirm(words: string | undefined): void;
  onCancel(): void;
}

const MAX_REASON = 4000;

/** Asks for the reason in place and confirms the answer. */
export function AnswerForm(props: AnswerFormProps) {
  const { answer, needsReason, pending, error, onConfirm, onCancel } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const field = useFocusOnMount<HTMLTextAreaElement>();
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const questions = {
    approve: t('tasks.whyApprove'),
    reject: t('tasks.whyReject'),
    accept: t('tasks.whyAccept'),
    return: t('tasks.whyReturn'),
  };
  const wrong = tried && needsReason && !words.trim();
  const confirm = () => {
    setTried(true);
    if (!pending && (words.trim() || !needsReason)) {
      onConfirm(words.trim() || undefined);
    }
  };
  return (
    <Box
      component="form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        confirm();
      }}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          onCancel();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          confirm();
        }
      }}
      sx={{ display: 'grid', gap: 1, mt: 1.5 }}
    >
      <CommandError error={error} />
      <TextField
        inputRef={field}
        size="small"
        fullWidth
        multiline
        maxRows={6}
        label={questions[answer]}
        required={needsReason}
        value={words}
        onChange={event => setWords(event.target.value)}
        error={wrong}
        helperText={wrong ? t('common.reasonMissing') : undefined}
        inputProps={{ maxLength: MAX_REASON }}
      />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <PermitButton
          type="submit"
          size="small"
          variant="contained"
          permit={{ allowed: true }}
          pending={pending}
        >
          {t(`panel.${answer}`)}
        </PermitButton>
        <Button size="small" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </Box>
    </Box>
  );
}
