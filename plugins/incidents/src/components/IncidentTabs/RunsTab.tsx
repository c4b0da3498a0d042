import { useApiHolder } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunbookRunView } from '@handrail/plugin-incidents-common';
import {
  AppLink,
  EmptyState,
  EntityLink,
  Glow,
  PermitButton,
  PersonChip,
  RunProgress,
  sopApiRef,
  StatusChip,
  TimeStamp,
  useErrorMessage,
  useRun,
  useSopLinks,
} from '@handrail/plugin-sop-react';
import PlaylistPlayIcon from '@mui/icons-material/PlaylistPlay';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { isRelevant } from '../../lib/relevance';
import { incidentsTranslationRef } from '../../translation';
import type { TabProps } from './IncidentTabs';

/** Procedures that were started from here, with how far each is. */
export function RunsTab(props: TabProps) {
  const { incident, actions } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const hasSops = Boolean(useApiHolder().get(sopApiRef));
  const permit = incident.permits['start-runbook'];
  const start = isRelevant(incident, 'start-runbook') && (
    <PermitButton
      variant="outlined"
      color="primary"
      permit={permit}
      pending={actions.pending === 'start-runbook'}
      startIcon={<PlaylistPlayIcon />}
      onClick={() => actions.act({ type: 'start-runbook' })}
    >
      {t('runs.start')}
    </PermitButton>
  );
  if (incident.runs.length === 0) {
    return (
      <EmptyState
        icon={<PlaylistPlayIcon />}
        title={t('runs.empty')}
        action={start}
      >
        {t('runs.emptyText')}
      </EmptyState>
    );
  }
  return (
    <>
      {start}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, mt: 1 }}>
        {incident.runs.map(run => (
          <RunLine key={run.runId} run={run} live={hasSops} />
        ))}
      </Box>
    </>
  );
}

function RunLine(props: { run: RunbookRunView; live: boolean }) {
  const { run, live } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const links = useSopLinks();
  return (
    <Box
      component="li"
      sx={{ borderBottom: 1, borderColor: 'divider', py: 1.5 }}
    >
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
      >
        <AppLink to={links.run(run.runId)}>{run.title}</AppLink>
        <Typography variant="body2" component="span" color="text.secondary">
          <EntityLink entityRef={run.sopRef} />, {t('runs.startedBy')}{' '}
          <TimeStamp at={run.startedAt} />
        </Typography>
        <PersonChip entityRef={run.startedBy} />
      </Box>
      {live && <RunState runId={run.runId} />}
    </Box>
  );
}

function RunState(props: { runId: string }) {
  const { data, error } = useRun(props.runId);
  const message = useErrorMessage();
  if (!data) {
    return error ? (
      <Typography variant="body2" color="text.secondary">
        {message(error)}
      </Typography>
    ) : null;
  }
  return (
    <Glow on={data.headline} sx={{ mt: 0.5, display: 'grid', gap: 0.5 }}>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
      >
        <StatusChip status={data.status} />
        <Box sx={{ flex: '0 1 280px' }}>
          <RunProgress done={data.done} total={data.total} />
        </Box>
      </Box>
      <Typography variant="body2">{data.headline}</Typography>
    </Glow>
  );
}
