import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  IncidentSummary,
  ListIncidentsRequest,
} from '@handrail/plugin-incidents-common';
import {
  AppLink,
  DataColumn,
  DataTable,
  EntityLink,
  ErrorState,
  Glow,
  Loading,
  LoadMore,
  PersonChip,
  TimeStamp,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { ReactNode, useMemo } from 'react';
import { useIncidents } from '../../hooks';
import { useIncidentLinks } from '../../routes';
import { incidentsTranslationRef } from '../../translation';
import { IncidentStatusChip, SeverityChip } from '../Chips';

/** Props of {@link IncidentsTable}. */
export interface IncidentsTableProps {
  caption: string;
  request: Omit<ListIncidentsRequest, 'cursor'>;
  /** Shown when there are none. */
  empty: ReactNode;
  /** Leave out what the page is about anyway. */
  hideEntities?: boolean;
}

/** Incidents, newest first, with where each stands. */
export function IncidentsTable(props: IncidentsTableProps) {
  const { caption, request, empty, hideEntities } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const links = useIncidentLinks();
  const query = useIncidents(request);
  const columns = useMemo(() => {
    const all: (DataColumn<IncidentSummary> | undefined)[] = [
      {
        id: 'incident',
        title: t('list.reference'),
        width: '24%',
        render: one => (
          <AppLink to={links.incident(one.reference)}>
            {one.reference} {one.title}
          </AppLink>
        ),
      },
      {
        id: 'severity',
        title: t('list.severity'),
        render: one => <SeverityChip severity={one.severity} />,
      },
      {
        id: 'status',
        title: t('list.status'),
        render: one => (
          <Glow on={one.status}>
            <IncidentStatusChip status={one.status} />
          </Glow>
        ),
      },
      {
        id: 'where',
        title: t('list.where'),
        width: '26%',
        render: one => <Glow on={one.headline}>{one.headline}</Glow>,
      },
      {
        id: 'commander',
        title: t('list.commander'),
        render: one =>
          one.commander ? (
            <PersonChip entityRef={one.commander} />
          ) : (
            t(one.open ? 'list.commanderNone' : 'common.none')
          ),
      },
      hideEntities
        ? undefined
        : {
            id: 'affects',
            title: t('list.affects'),
            render: one =>
              one.entityRefs.length > 0 ? (
                <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
                  {one.entityRefs.map(ref => (
                    <EntityLink key={ref} entityRef={ref} />
                  ))}
                </Box>
              ) : (
                t('common.none')
              ),
          },
      {
        id: 'declared',
        title: t('list.declared'),
        render: one => <TimeStamp at={one.declaredAt ?? one.createdAt} />,
      },
    ];
    return all.filter(column => column !== undefined);
  }, [t, links, hideEntities]);

  if (query.isPending) {
    return <Loading shape="list" count={3} />;
  }
  if (!query.data) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  const rows = query.data.pages.flatMap(page => page.items);
  if (rows.length === 0) {
    return <>{empty}</>;
  }
  return (
    <>
      <DataTable
        caption={caption}
        columns={columns}
        rows={rows}
        rowKey={one => one.incidentId}
      />
      <LoadMore query={query} />
    </>
  );
}
