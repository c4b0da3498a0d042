import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Verification } from '@handrail/plugin-sop-common';
import { TimeStamp, useErrorMessage } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { sopTranslationRef } from '../../translation';

/** What the verification of a journal found. */
export function Verdict(props: {
  verification?: Verification;
  error: unknown;
}) {
  const { verification, error } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const message = useErrorMessage();
  if (error) {
    return (
      <Alert severity="warning" sx={{ mb: 2 }}>
        {message(error)}
      </Alert>
    );
  }
  if (!verification) {
    return null;
  }
  const { ok, seq, expected, found } = verification;
  return (
    <Alert severity={ok ? 'success' : 'error'} sx={{ mb: 2 }}>
      <AlertTitle>{ok ? t('journal.ok') : t('journal.bad')}</AlertTitle>
      <div>
        {verification.message} <TimeStamp at={verification.checkedAt} />
      </div>
      {!ok && seq !== undefined && (
        <div>{t('journal.badEvent', { seq: String(seq) })}</div>
      )}
      {!ok && expected && found && (
        <Box sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>
          <div>{t('journal.expected', { hash: expected })}</div>
          <div>{t('journal.found', { hash: found })}</div>
        </Box>
      )}
    </Alert>
  );
}
