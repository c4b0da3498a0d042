import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StepLock } from '@handrail/plugin-sop-common';
import { AppLink, TimeStamp, useSopLinks } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { Fact } from './Fact';

/** The lock that a step waits for, or has: who holds it, who comes first. */
export function LockPanel(props: { lock: StepLock }) {
  const { key, requestedAt, acquiredAt, holder, ahead } = props.lock;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  // Who holds it is named already.
  const before = (ahead ?? 0) - (holder ? 1 : 0);
  return (
    <Box sx={{ display: 'grid', gap: 0.5, mt: 1 }}>
      <Fact name={acquiredAt ? t('lock.has') : t('lock.waits')}>
        <Box
          component="code"
          sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}
        >
          {key}
        </Box>
        <Typography variant="body2" component="span" color="text.secondary">
          {t('common.since')} <TimeStamp at={acquiredAt ?? requestedAt} />
        </Typography>
      </Fact>
      {!acquiredAt && holder && (
        <Fact name={t('lock.holder')}>
          <AppLink to={links.run(holder.runId, { step: holder.stepId })}>
            {holder.runTitle}
          </AppLink>
          <Typography variant="body2" component="span" color="text.secondary">
            {t('common.since')}{' '}
            <TimeStamp at={holder.acquiredAt ?? holder.requestedAt} />
          </Typography>
        </Fact>
      )}
      {!acquiredAt && before > 0 && (
        <Typography variant="body2">
          {t('lock.place', { count: before })}
        </Typography>
      )}
    </Box>
  );
}
