import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepView } from '@handrail/plugin-sop-common';
import { TimeStamp } from '@handrail/plugin-sop-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { OutputView } from './OutputView';

/** What must hold while a step waits, and what was measured last. */
export function GuardPanel(props: { guard: NonNullable<StepView['guard']> }) {
  const { guard } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const { last } = guard;
  const severity = last?.ok ? 'success' : 'warning';
  return (
    <Box component="section" aria-label={t('panel.guard')}>
      <Typography variant="subtitle2" component="h3">
        {t('panel.guard')}
      </Typography>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        <code>{guard.action}</code>: <code>{guard.expect}</code>
      </Typography>
      {last ? (
        <Alert severity={last.error ? 'warning' : severity} sx={{ mt: 1 }}>
          {last.error &&
            t('panel.guardUnknown', { reason: last.error.message })}
          {!last.error && t(last.ok ? 'panel.guardHolds' : 'panel.guardFails')}{' '}
          <TimeStamp at={last.at} />
        </Alert>
      ) : (
        <Typography color="text.secondary">{t('panel.guardFirst')}</Typography>
      )}
      {last?.output !== undefined && last.output !== null && (
        <OutputView label={t('panel.guardValue')} output={last.output} />
      )}
    </Box>
  );
}
