import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ListSlosRequest, SloSummary } from '@handrail/plugin-slo-common';
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
  StatusChip,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode, useMemo } from 'react';
import { useSlos } from '../../hooks';
import { formatTarget } from '../../lib/format';
import { useStableRows } from '../../lib/useStableRows';
import { useSloLinks } from '../../routes';
import { sloTranslationRef } from '../../translation';
import { BudgetBar } from '../BudgetBar';
import { DataAge } from '../DataAge';

/** Props of {@link SloTable}. */
export interface SloTableProps {
  request: Omit<ListSlosRequest, 'cursor'>;
  /** Shown when there are none. */
  empty: ReactNode;
  /** Leave out what the page is about anyway. */
  hide?: readonly ('measures' | 'owner')[];
  /** With the sentence that says where each stands. */
  sentences?: boolean;
}

const refOf = (slo: SloSummary) => slo.ref;

/** SLOs, those in the worst state first, one line each. */
export function SloTable(props: SloTableProps) {
  const { request, empty, hide, sentences = false } = props;
  const { t } = useTranslationRef(sloTranslationRef);
  const query = useSlos(request);
  const columns = useColumns(hide, sentences);
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  const { rows, handlers } = useStableRows(
    items,
    refOf,
    // What stands in for the new list is not the new list.
    query.isPlaceholderData ? '' : JSON.stringify(request),
  );

  if (query.isPending) {
    return <Loading shape="list" />;
  }
  if (!query.data) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  return (
    <>
      {query.error && (
        <Box sx={{ mb: 2 }}>
          <ErrorState error={query.error} onRetry={() => query.refetch()} />
        </Box>
      )}
      {rows.length === 0 ? (
        empty
      ) : (
        <Box {...handlers} aria-busy={query.isPlaceholderData || undefined}>
          <DataTable
            caption={t('list.caption')}
            columns={columns}
            rows={rows}
            rowKey={refOf}
          />
        </Box>
      )}
      <LoadMore query={query} />
    </>
  );
}

function useColumns(
  hide: SloTableProps['hide'],
  sentences: boolean,
): DataColumn<SloSummary>[] {
  const { t } = useTranslationRef(sloTranslationRef);
  const links = useSloLinks();
  return useMemo(() => {
    const all: (DataColumn<SloSummary> & { id: string })[] = [
      {
        id: 'name',
        title: t('list.name'),
        width: '26%',
        render: slo => (
          <>
            <AppLink to={links.slo(slo)}>{slo.title}</AppLink>
            {sentences && (
              <Glow on={slo.headline}>
                <Typography variant="body2" color="text.secondary">
                  {slo.headline}
                </Typography>
              </Glow>
            )}
          </>
        ),
      },
      {
        id: 'status',
        title: t('list.status'),
        render: slo => (
          <Glow on={slo.status} sx={{ display: 'inline-block' }}>
            <StatusChip status={slo.status} />
          </Glow>
        ),
      },
      {
        id: 'budget',
        title: t('list.budget'),
        width: 200,
        render: slo => (
          <BudgetBar
            remaining={slo.figures.budgetRemaining}
            status={slo.status}
          />
        ),
      },
      {
        id: 'objective',
        title: t('list.objective'),
        render: slo => (
          <Box sx={{ whiteSpace: 'nowrap' }}>
            {formatTarget(slo.figures.target)}{' '}
            <Typography variant="body2" component="span" color="text.secondary">
              {t('list.over', { window: slo.window.duration })}
            </Typography>
          </Box>
        ),
      },
      {
        id: 'measures',
        title: t('list.measures'),
        render: slo =>
          slo.entityRef ? (
            <EntityLink entityRef={slo.entityRef} />
          ) : (
            slo.service ?? t('common.none')
          ),
      },
      {
        id: 'owner',
        title: t('list.owner'),
        render: slo =>
          slo.owner ? <PersonChip entityRef={slo.owner} /> : t('common.none'),
      },
      {
        id: 'age',
        title: t('list.age'),
        render: slo => <DataAge data={slo.data} />,
      },
    ];
    return all.filter(({ id }) => !hide?.some(hidden => hidden === id));
  }, [t, links, hide, sentences]);
}
