import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  errorDetails,
  PermitButton,
  useDraft,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import {
  EvidenceDraft,
  evidenceIssues,
  evidenceValues,
} from '../../lib/evidence';
import { problemsBelow } from '../../lib/problems';
import { sopTranslationRef } from '../../translation';
import { EvidenceForm } from '../EvidenceForm';
import { CannotButton } from './CannotButton';
import { ClaimButton } from './ClaimButton';
import { CommandError } from './CommandError';
import { NotYours } from './NotYours';
import { PanelProps } from './types';

const MAX_COMMENT = 4000;

/** Work for a person: the evidence asked for and the ways to end the task. */
export function ManualPanel(props: PanelProps) {
  const { run, step, send, pending, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const key = `sop:${run.runId}:${step.id}:${step.attempt}`;
  const [draft, setDraft, clearDraft] = useDraft<EvidenceDraft>(key, {});
  const [comment, setComment, clearComment] = useDraft(`${key}:comment`, '');
  const [tried, setTried] = useState(false);
  const fields = step.evidenceFields ?? [];
  const act = step.act ?? { allowed: false };

  if (!act.allowed) {
    return (
      <>
        <NotYours {...props} />
        {fields.length > 0 && (
          <Box sx={{ mt: 2 }}>
            <Typography variant="subtitle2" component="h3">
              {t('panel.evidenceAsked')}
            </Typography>
            <ul>
              {fields.map(field => (
                <li key={field.id}>{field.name ?? field.id}</li>
              ))}
            </ul>
          </Box>
        )}
      </>
    );
  }

  const issues = evidenceIssues(fields, draft);
  const refused = problemsBelow('evidence', errorDetails(error).problems);
  const submit = async () => {
    setTried(true);
    if (Object.keys(issues).length > 0 || pending) {
      return;
    }
    const sent = await send({
      type: 'complete',
      evidence: evidenceValues(fields, draft),
      comment: comment.trim() || undefined,
    });
    if (sent) {
      clearDraft();
      clearComment();
    }
  };

  return (
    <Box
      component="form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        submit();
      }}
      sx={{ display: 'grid', gap: 2 }}
    >
      {fields.length > 0 && (
        <Typography variant="subtitle1" component="h3" sx={{ mb: -1 }}>
          {t('panel.evidence')}
        </Typography>
      )}
      <EvidenceForm
        fields={fields}
        draft={draft}
        onChange={setDraft}
        issues={tried ? issues : {}}
        refusals={refused.fields}
      />
      <TextField
        label={t('panel.comment')}
        fullWidth
        multiline
        maxRows={8}
        value={comment}
        onChange={event => setComment(event.target.value)}
        inputProps={{ maxLength: MAX_COMMENT }}
      />
      <CommandError
        error={error}
        isShownElsewhere={path => !refused.rest.some(one => one.path === path)}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <PermitButton
          type="submit"
          variant="contained"
          permit={act}
          pending={pending}
        >
          {t('panel.complete')}
        </PermitButton>
        <ClaimButton {...props} />
        <Box sx={{ flex: 1 }} />
        <CannotButton {...props} />
      </Box>
    </Box>
  );
}
