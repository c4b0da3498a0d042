import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ListRunsRequest, RunSummary } from '@handrail/plugin-sop-common';
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
  RehearsalChip,
  RunProgress,
  StatusChip,
  TimeStamp,
  useRuns,
  useSopLinks,
  WordChip,
} from '@handrail/plugin-sop-react';
import WarningAmberIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode, useMemo } from 'react';
import { sopTranslationRef } from '../../translation';

/** Props of {@link RunsTable}. */
export interface RunsTableProps {
  request: Omit<ListRunsRequest, 'cursor'>;
  /** Shown when there are none. */
  empty: ReactNode;
  /** Leave out what the page is about anyway. */
  hide?: ('procedure' | 'target')[];
}

/** Runs, newest first, with where each stands. */
export function RunsTable(props: RunsTableProps) {
  const { request, empty, hide } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const query = useRuns(request);
  const runs = query.data?.pages.flatMap(page => page.items) ?? [];

  const columns = useMemo(() => {
    const all: (DataColumn<RunSummary> | undefined)[] = [
      {
        id: 'run',
        title: t('runs.run'),
        width: '24%',
        render: run => (
          <>
            <AppLink to={links.run(run.runId)}>{run.title}</AppLink>
            {!hide?.includes('procedure') && (
              <Typography variant="body2" color="text.secondary">
                {run.sopTitle}
              </Typography>
            )}
          </>
        ),
      },
      {
        id: 'status',
        title: t('runs.status'),
        render: run => (
          <Glow on={run.status}>
            <StatusChip status={run.status} />
            <RehearsalChip mode={run.mode} />
            {run.glass && (
              <WordChip
                word={t(
                  run.glass.openReviews > 0 ? 'glass.chipOpen' : 'glass.chip',
                )}
                icon={WarningAmberIcon}
                tone="error"
              />
            )}
          </Glow>
        ),
      },
      {
        id: 'where',
        title: t('runs.where'),
        width: '26%',
        render: run => <Glow on={run.headline}>{run.headline}</Glow>,
      },
      {
        id: 'progress',
        title: t('runs.progress'),
        width: 170,
        render: run => <RunProgress done={run.done} total={run.total} />,
      },
      hide?.includes('target')
        ? undefined
        : {
            id: 'target',
            title: t('runs.target'),
            render: run =>
              run.targetRef ? (
                <EntityLink entityRef={run.targetRef} />
              ) : (
                t('common.none')
              ),
          },
      {
        id: 'started',
        title: t('runs.started'),
        render: run => (
          <Box
            sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', minWidth: 120 }}
          >
            <TimeStamp at={run.startedAt} />
            <PersonChip entityRef={run.initiator} />
          </Box>
        ),
      },
    ];
    return all.filter(column => column !== undefined);
  }, [t, links, hide]);

  if (query.isPending) {
    return <Loading shape="list" />;
  }
  if (query.error) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  if (runs.length === 0) {
    return <>{empty}</>;
  }
  return (
    <>
      <DataTable
        caption={t('runs.caption')}
        columns={columns}
        rows={runs}
        rowKey={run => run.runId}
      />
      <LoadMore query={query} />
    </>
  );
}
