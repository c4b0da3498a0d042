import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  errorDetails,
  PersonChip,
  TimeStamp,
  useErrorMessage,
} from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { missingParts } from '../../lib/refusal';
import { incidentsTranslationRef } from '../../translation';

const LIST = { m: 0, pl: 2.5 } as const;

/**
 * Why a command was refused: what is missing, or with a conflict what happened
 * meanwhile. Takes the focus, as it is the news.
 */
export function CommandError(props: { error: unknown; title?: string }) {
  const { error, title } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const message = useErrorMessage();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) {
      ref.current?.focus();
    }
  }, [error]);
  if (!error) {
    return null;
  }
  const { changes, problems } = errorDetails(error);
  const missing = missingParts(error);
  if (changes.length > 0) {
    return (
      <Alert ref={ref} tabIndex={-1} severity="warning" sx={{ mb: 2 }}>
        <AlertTitle>{t('refusal.conflictTitle')}</AlertTitle>
        <Box component="ul" sx={{ ...LIST, mb: 1 }}>
          {changes.map(change => (
            <li key={change.seq}>
              {change.actor && <PersonChip entityRef={change.actor} inert />}{' '}
              {change.text} <TimeStamp at={change.at} />
              {change.detail && <div>{change.detail}</div>}
            </li>
          ))}
        </Box>
        {t('refusal.conflict')}
      </Alert>
    );
  }
  const reasons =
    missing.length > 0 ? missing : problems.map(problem => problem.message);
  return (
    <Alert ref={ref} tabIndex={-1} severity="error" sx={{ mb: 2 }}>
      <AlertTitle>
        {missing.length > 0
          ? t('refusal.missingTitle')
          : title ?? t('refusal.refused')}
      </AlertTitle>
      {reasons.length > 0 ? (
        <Box component="ul" sx={LIST}>
          {reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </Box>
      ) : (
        message(error)
      )}
    </Alert>
  );
}
