import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  IncidentSummary,
  ListIncidentsRequest,
} from '@handrail/plugin-incidents-common';
import {
  AppLink,
  EntityLink,
  ErrorState,
  Glow,
  Loading,
  LoadMore,
  PermitButton,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useIncident, useIncidents } from '../../hooks';
import { isRelevant } from '../../lib/relevance';
import { useIncidentLinks } from '../../routes';
import { incidentsTranslationRef } from '../../translation';
import { SeverityChip } from '../Chips';
import { useIncidentActions } from '../IncidentPage/useIncidentActions';

/** What alerts suggest, to be confirmed or declined; nothing when there is none. */
export function ProposedStrip(props: {
  request: Omit<ListIncidentsRequest, 'cursor'>;
}) {
  const { t } = useTranslationRef(incidentsTranslationRef);
  const query = useIncidents(props.request);
  if (query.error && !query.data) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  const proposed = query.data?.pages.flatMap(page => page.items) ?? [];
  if (proposed.length === 0) {
    return null;
  }
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-label={t('list.proposedTitle')}
      sx={{ p: 2, mb: 3, borderColor: 'warning.main', borderWidth: 2 }}
    >
      <Typography variant="h6" component="h2" sx={{ m: 0 }}>
        {t('list.proposedTitle')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {t('list.proposedText')}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {proposed.map(one => (
          <ProposedLine key={one.incidentId} summary={one} />
        ))}
      </Box>
      <LoadMore query={query} />
    </Paper>
  );
}

function ProposedLine(props: { summary: IncidentSummary }) {
  const { summary } = props;
  const links = useIncidentLinks();
  return (
    <Box
      component="li"
      sx={{ borderTop: 1, borderColor: 'divider', py: 1, minWidth: 0 }}
    >
      <Glow on={summary.version}>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            alignItems: 'center',
            mb: 0.5,
          }}
        >
          <AppLink to={links.incident(summary.reference)}>
            {summary.reference} {summary.title}
          </AppLink>
          <SeverityChip severity={summary.severity} />
          <Typography variant="body2" component="span" color="text.secondary">
            {summary.entityRefs.map(ref => (
              <Box key={ref} component="span" sx={{ mr: 1 }}>
                <EntityLink entityRef={ref} />
              </Box>
            ))}
            <TimeStamp at={summary.createdAt} />
          </Typography>
        </Box>
        <ProposedButtons reference={summary.reference} />
      </Glow>
    </Box>
  );
}

/** What may be done, and why not, is only told with the whole incident. */
function ProposedButtons(props: { reference: string }) {
  const query = useIncident(props.reference);
  if (query.isPending) {
    return <Loading shape="text" count={1} />;
  }
  if (!query.data) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  return <Decision incident={query.data} />;
}

function Decision(props: {
  incident: Parameters<typeof useIncidentActions>[0];
}) {
  const { incident } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const actions = useIncidentActions(incident);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {(['confirm', 'decline'] as const)
          .filter(type => isRelevant(incident, type))
          .map(type => (
            <PermitButton
              key={type}
              size="small"
              variant={type === 'confirm' ? 'contained' : 'outlined'}
              color="primary"
              aria-label={`${t(`command.${type}`)} ${incident.reference}`}
              permit={incident.permits[type]}
              onClick={() => actions.act({ type })}
            >
              {t(`command.${type}`)}
            </PermitButton>
          ))}
      </Box>
      {actions.outcome}
    </>
  );
}
