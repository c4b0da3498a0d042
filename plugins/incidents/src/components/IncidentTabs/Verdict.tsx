import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentVerification } from '@handrail/plugin-incidents-common';
import { TimeStamp, useErrorMessage } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { incidentsTranslationRef } from '../../translation';

/** What the verification of the record found. */
export function Verdict(props: {
  verification?: IncidentVerification;
  error: unknown;
}) {
  const { verification, error } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
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
      <AlertTitle>{ok ? t('timeline.ok') : t('timeline.bad')}</AlertTitle>
      <div>
        {verification.message} <TimeStamp at={verification.checkedAt} />
      </div>
      {!ok && seq !== undefined && (
        <div>{t('timeline.badEvent', { seq: String(seq) })}</div>
      )}
      {!ok && expected && found && (
        <Box sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>
          <div>{t('timeline.expected', { hash: expected })}</div>
          <div>{t('timeline.found', { hash: found })}</div>
        </Box>
      )}
    </Alert>
  );
}
