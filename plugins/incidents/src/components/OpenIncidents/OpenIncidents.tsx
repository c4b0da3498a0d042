import type { ListIncidentsRequest } from '@handrail/plugin-incidents-common';
import {
  AppLink,
  ErrorState,
  Glow,
  Loading,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { useIncidents } from '../../hooks';
import { useIncidentLinks } from '../../routes';
import { IncidentStatusChip, SeverityChip } from '../Chips';

/** Incidents as lines, for cards and widgets. */
export function OpenIncidents(props: {
  request: Omit<ListIncidentsRequest, 'cursor'>;
  empty: ReactNode;
}) {
  const { request, empty } = props;
  const links = useIncidentLinks();
  const query = useIncidents(request);
  if (query.isPending) {
    return <Loading shape="list" count={2} />;
  }
  if (!query.data) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  const [page] = query.data.pages;
  if (page.items.length === 0) {
    return <>{empty}</>;
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, mb: 1, p: 0 }}>
      {page.items.map(one => (
        <Box
          component="li"
          key={one.incidentId}
          sx={{ py: 0.75, borderBottom: 1, borderColor: 'divider' }}
        >
          <Glow on={one.headline}>
            <Box
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                gap: 1,
                alignItems: 'center',
              }}
            >
              <AppLink to={links.incident(one.reference)}>
                {one.reference} {one.title}
              </AppLink>
              <SeverityChip severity={one.severity} />
              <IncidentStatusChip status={one.status} />
            </Box>
            <Typography variant="body2" color="text.secondary" component="div">
              {one.headline}
              {one.next && (
                <>
                  {' '}
                  <TimeStamp at={one.next.dueAt} deadline />
                </>
              )}
            </Typography>
          </Glow>
        </Box>
      ))}
    </Box>
  );
}
