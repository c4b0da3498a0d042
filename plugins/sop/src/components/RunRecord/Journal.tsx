import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { JournalEntry } from '@handrail/plugin-sop-common';
import {
  DataTable,
  ErrorState,
  Loading,
  LoadMore,
  PersonChip,
  TimeStamp,
  useJournal,
  useVerifyRun,
} from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import Button from '@mui/material/Button';
import { useEffect, useMemo } from 'react';
import { sopTranslationRef } from '../../translation';
import { ExportButton } from './ExportButton';
import { Verdict } from './Verdict';
import { ViaAgent } from './ViaAgent';

/** Enough of a hash to compare by eye. */
const SHORT = 12;

/** Every event of a run with its hash, and the proof that none was changed. */
export function Journal(props: { runId: string }) {
  const { runId } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const query = useJournal(runId);
  const verification = useVerifyRun(runId);
  const entries = useMemo(
    () => query.data?.pages.flatMap(page => page.items) ?? [],
    [query.data],
  );
  const bad =
    verification.data && !verification.data.ok
      ? verification.data.seq
      : undefined;

  // The bad event may lie on a page that is not loaded yet.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const last = entries[entries.length - 1]?.seq ?? 0;
  useEffect(() => {
    if (bad !== undefined && bad > last && hasNextPage && !isFetchingNextPage) {
      fetchNextPage();
    }
  }, [bad, last, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (query.isPending) {
    return <Loading shape="list" />;
  }
  if (query.error) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  return (
    <>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 2,
          alignItems: 'center',
          mb: 2,
        }}
      >
        <Typography color="text.secondary" sx={{ flex: '1 1 300px' }}>
          {t('journal.intro')}
        </Typography>
        <Button
          variant="outlined"
          aria-busy={verification.isPending || undefined}
          onClick={() => {
            if (!verification.isPending) {
              verification.mutate();
            }
          }}
        >
          {verification.isPending
            ? t('journal.verifying')
            : t('journal.verify')}
        </Button>
        <ExportButton runId={runId} />
      </Box>
      <Verdict verification={verification.data} error={verification.error} />
      <DataTable<JournalEntry>
        caption={t('journal.caption')}
        rows={entries}
        rowKey={entry => entry.seq}
        isMarked={entry => entry.seq === bad}
        columns={[
          {
            id: 'seq',
            title: t('journal.seq'),
            width: 56,
            render: entry => entry.seq,
          },
          {
            id: 'at',
            title: t('journal.at'),
            render: entry => <TimeStamp at={entry.at} />,
          },
          {
            id: 'type',
            title: t('journal.type'),
            render: entry => (
              <>
                {entry.type}
                {typeof entry.data.stepId === 'string' && (
                  <Typography variant="body2" color="text.secondary">
                    {entry.data.stepId}
                  </Typography>
                )}
              </>
            ),
          },
          {
            id: 'actor',
            title: t('journal.actor'),
            render: entry =>
              entry.actor ? (
                <>
                  <PersonChip entityRef={entry.actor} />
                  {typeof entry.data.via === 'string' && (
                    <ViaAgent via={entry.data.via} />
                  )}
                </>
              ) : (
                t('timeline.engine')
              ),
          },
          {
            id: 'hash',
            title: t('journal.hash'),
            render: entry => (
              <Box
                component="code"
                title={entry.hash}
                sx={{ fontFamily: 'monospace' }}
              >
                {entry.hash.slice(0, SHORT)}
              </Box>
            ),
          },
        ]}
      />
      <LoadMore query={query} />
    </>
  );
}
