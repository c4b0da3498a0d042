import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  errorDetails,
  PermitButton,
  useDraft,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { nextSteps } from '../../lib/currentStep';
import { sopTranslationRef } from '../../translation';
import { CommandError } from './CommandError';
import { EarlierWork } from './EarlierWork';
import { NotYours } from './NotYours';
import { PanelProps } from './types';
import { Votes } from './Votes';

const MAX_REASON = 4000;

/** A decision: what was done, who voted, what follows, and the two buttons. */
export function ApprovalPanel(props: PanelProps) {
  const { run, step, send, pending, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const key = `sop:${run.runId}:${step.id}:${step.attempt}:reason`;
  const [reason, setReason, clearReason] = useDraft(key, '');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const act = step.act ?? { allowed: false };
  const rule = step.reasonRule ?? 'always';
  const problem = errorDetails(error).problems.find(
    one => one.path === 'reason',
  );
  const next = nextSteps(run, step.id).map(one => one.name);

  const vote = async (decision: 'approve' | 'reject') => {
    const needed =
      rule === 'always' || (rule === 'on-reject' && decision === 'reject');
    if (needed && !reason.trim()) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    setMissing(false);
    if (
      await send({ type: 'vote', decision, reason: reason.trim() || undefined })
    ) {
      clearReason();
    }
  };
  const wrong = missing && !reason.trim();

  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <EarlierWork run={run} step={step} />
      <Votes step={step} />
      <Typography color="text.secondary">
        {next.length > 0
          ? t('panel.next', { names: next.join(', ') })
          : t('panel.nextEnd')}
      </Typography>
      {!act.allowed && <NotYours {...props} />}
      {act.allowed && (
        <>
          <TextField
            inputRef={field}
            label={
              rule === 'optional'
                ? t('common.reasonOptional')
                : t('common.reason')
            }
            required={rule === 'always'}
            fullWidth
            multiline
            minRows={2}
            maxRows={8}
            value={reason}
            onChange={event => setReason(event.target.value)}
            error={wrong || Boolean(problem)}
            helperText={wrong ? t('common.reasonMissing') : problem?.message}
            inputProps={{ maxLength: MAX_REASON }}
          />
          <CommandError
            error={error}
            isShownElsewhere={path => path === 'reason'}
          />
          <Box sx={{ display: 'flex', gap: 1 }}>
            <PermitButton
              variant="contained"
              permit={act}
              pending={pending}
              onClick={() => vote('approve')}
            >
              {t('panel.approve')}
            </PermitButton>
            <PermitButton
              variant="outlined"
              permit={act}
              pending={pending}
              onClick={() => vote('reject')}
            >
              {t('panel.reject')}
            </PermitButton>
          </Box>
        </>
      )}
    </Box>
  );
}
