import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { CommandBody } from '@handrail/plugin-sop-common';
import { PermitButton, useDraft } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { sopTranslationRef } from '../../translation';
import { AutomationPanel } from './AutomationPanel';
import { CommandError } from './CommandError';
import { NotYours } from './NotYours';
import { PanelProps } from './types';

const MAX_REASON = 4000;

const OUTCOMES = ['done', 'not-done', 'compensate'] as const satisfies Array<
  CommandBody['outcome']
>;

/** An action of which nobody knows whether it took effect: somebody finds out. */
export function DoubtPanel(props: PanelProps) {
  const { run, step, send, pending, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const key = `sop:${run.runId}:${step.id}:${step.attempt}:doubt`;
  const [text, setText, clearText] = useDraft(key, '');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const act = step.act ?? { allowed: false };
  const words = text.trim();

  const decide = async (outcome: CommandBody['outcome']) => {
    if (!words) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    if (await send({ type: 'resolve-doubt', outcome, reason: words })) {
      clearText();
    }
  };

  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Alert severity="warning">{t('doubt.explain')}</Alert>
      <AutomationPanel step={step} />
      {!act.allowed && <NotYours {...props} />}
      {act.allowed && (
        <>
          <Typography variant="subtitle1" component="h3" sx={{ mb: -1 }}>
            {t('doubt.question')}
          </Typography>
          <TextField
            inputRef={field}
            label={t('doubt.how')}
            required
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
            {OUTCOMES.map((outcome, index) => (
              <PermitButton
                key={outcome}
                variant={index === 0 ? 'contained' : 'outlined'}
                permit={act}
                pending={pending}
                onClick={() => decide(outcome)}
              >
                {t(`doubt.${outcome}`)}
              </PermitButton>
            ))}
          </Box>
        </>
      )}
    </Box>
  );
}
