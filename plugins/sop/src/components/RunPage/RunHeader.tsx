import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunView } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EntityLink,
  Glow,
  PersonChip,
  RehearsalChip,
  RunProgress,
  StatusChip,
  TimeStamp,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';
import { GlassAlerts } from './GlassAlerts';
import { ROW } from './layout';
import { RunActions } from './RunActions';
import { WaitingList } from './WaitingList';

/** Title, the sentence on where the run stands, whom it waits for, progress. */
export function RunHeader(props: { run: RunView }) {
  const { run } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  return (
    <Box component="header" sx={{ mb: 2 }}>
      <Box sx={{ ...ROW, mb: 0.5 }}>
        <Typography
          variant="h5"
          component="h1"
          sx={{ m: 0, overflowWrap: 'anywhere' }}
        >
          {run.title}
        </Typography>
        <Glow on={run.status}>
          <StatusChip status={run.status} size="medium" />
        </Glow>
        <RehearsalChip mode={run.mode} size="medium" />
      </Box>
      <Box sx={{ ...ROW, color: 'text.secondary', mb: 1.5 }}>
        <EntityLink entityRef={run.sopRef} />
        {run.targetRef && (
          <>
            <span>{t('common.on')}</span>
            <EntityLink entityRef={run.targetRef} />
          </>
        )}
        {run.parent && (
          <span>
            {t('subProcedure.partOf')}{' '}
            <AppLink
              to={links.run(run.parent.runId, { step: run.parent.stepId })}
            >
              {run.parent.title}
            </AppLink>
          </span>
        )}
        <Typography
          variant="body2"
          component="span"
          title={t('run.hash', { hash: run.revisionHash })}
        >
          {t('run.revision', {
            revision: run.revision ?? run.revisionHash.slice(0, 8),
          })}
        </Typography>
      </Box>
      <Glow on={run.headline} sx={{ mb: 1 }}>
        <Typography
          variant="h6"
          component="p"
          aria-live="polite"
          sx={{ m: 0, fontWeight: 'fontWeightMedium' }}
        >
          {run.headline}
        </Typography>
      </Glow>
      <GlassAlerts run={run} />
      <WaitingList waiting={run.waiting} />
      {run.roles?.map(({ role, title, member, endsAt }) => (
        <Box key={role} sx={{ ...ROW, mb: 0.5 }}>
          <Typography variant="body2" color="text.secondary" component="span">
            {t('run.turn', { role: title })}
          </Typography>
          <PersonChip entityRef={member} />
          <Typography variant="body2" color="text.secondary" component="span">
            {t('run.turnEnds')} <TimeStamp at={endsAt} />
          </Typography>
        </Box>
      ))}
      {run.closeReason && (
        <Typography sx={{ mb: 0.5 }}>
          {t('run.closeReason', { reason: run.closeReason })}
        </Typography>
      )}
      <Box sx={{ ...ROW, columnGap: 3, rowGap: 1, mt: 1 }}>
        <Box sx={{ flex: '0 1 320px' }}>
          <RunProgress done={run.done} total={run.total} />
        </Box>
        <Typography variant="body2" component="div" sx={ROW}>
          {t('run.startedBy', {
            time: <TimeStamp at={run.startedAt} />,
            person: <PersonChip entityRef={run.initiator} />,
          })}
        </Typography>
        {run.closedAt && (
          <Typography variant="body2" component="div">
            {t('run.closed', { time: <TimeStamp at={run.closedAt} /> })}
          </Typography>
        )}
        <Box sx={{ flex: 1 }} />
        <RunActions run={run} />
      </Box>
    </Box>
  );
}
