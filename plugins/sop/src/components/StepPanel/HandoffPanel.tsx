import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PermitButton, useDraft } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useRef, useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { CannotButton } from './CannotButton';
import { ClaimButton } from './ClaimButton';
import { CommandError } from './CommandError';
import { EarlierWork } from './EarlierWork';
import { NotYours } from './NotYours';
import { PanelProps } from './types';

const MAX_REASON = 4000;

/** Taking over responsibility, or giving it back with a reason. */
export function HandoffPanel(props: PanelProps) {
  const { run, step, send, pending, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const key = `sop:${run.runId}:${step.id}:${step.attempt}:reason`;
  const [text, setText, clearText] = useDraft(key, '');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const act = step.act ?? { allowed: false };
  const words = text.trim();

  const accept = async () => {
    if (await send({ type: 'accept', comment: words || undefined })) {
      clearText();
    }
  };
  const giveBack = async () => {
    if (!words) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    if (await send({ type: 'return', reason: words })) {
      clearText();
    }
  };

  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <EarlierWork run={run} step={step} />
      {!act.allowed && <NotYours {...props} />}
      {act.allowed && (
        <>
          <TextField
            inputRef={field}
            label={t('common.reasonOptional')}
            fullWidth
            multiline
            minRows={2}
            maxRows={8}
            value={text}
            onChange={event => setText(event.target.value)}
            error={missing && !words}
            helperText={
              missing && !words ? t('common.reasonMissing') : undefined
            }
            inputProps={{ maxLength: MAX_REASON }}
          />
          <CommandError error={error} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <PermitButton
              variant="contained"
              permit={act}
              pending={pending}
              onClick={accept}
            >
              {t('panel.accept')}
            </PermitButton>
            <PermitButton
              variant="outlined"
              permit={act}
              pending={pending}
              onClick={giveBack}
            >
              {t('panel.return')}
            </PermitButton>
            <ClaimButton {...props} />
            <Box sx={{ flex: 1 }} />
            <CannotButton {...props} />
          </Box>
        </>
      )}
    </Box>
  );
}
