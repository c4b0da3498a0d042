import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RunSummary } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EmptyState,
  ErrorState,
  Glow,
  Loading,
  RunProgress,
  StatusChip,
  useRuns,
  useSopLinks,
  useIdentity,
  RehearsalChip,
} from '@handrail/plugin-sop-react';
import ChecklistIcon from '@mui/icons-material/Checklist';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { sopTranslationRef } from '../../translation';

const OPEN: RunSummary['status'][] = ['running', 'held', 'compensating'];
const LINES = 6;
const REQUEST = { status: OPEN, limit: 20 };

/** On the home page: runs in progress, the reader's own first. */
export function RunsWidget() {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const userRef = useIdentity()?.userEntityRef;
  const query = useRuns(REQUEST);
  if (query.isPending) {
    return <Loading shape="list" count={3} />;
  }
  if (!query.data) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  const runs = query.data.pages.flatMap(page => page.items);
  if (runs.length === 0) {
    return (
      <EmptyState
        dense
        icon={<ChecklistIcon />}
        title={t('widgets.noRuns')}
        action={
          <AppLink to={links.catalogue()}>{t('runs.toCatalogue')}</AppLink>
        }
      />
    );
  }
  const isMine = (run: RunSummary) => run.initiator === userRef;
  const ordered = [
    ...runs.filter(isMine),
    ...runs.filter(run => !isMine(run)),
  ].slice(0, LINES);
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {ordered.map(run => (
          <Box
            component="li"
            key={run.runId}
            sx={{ py: 0.75, borderBottom: 1, borderColor: 'divider' }}
          >
            <Glow
              on={run.headline}
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                columnGap: 2,
                justifyContent: 'space-between',
              }}
            >
              <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
                <Box
                  sx={{
                    display: 'flex',
                    flexWrap: 'wrap',
                    gap: 1,
                    alignItems: 'center',
                  }}
                >
                  <AppLink to={links.run(run.runId)}>{run.title}</AppLink>
                  <StatusChip status={run.status} />
                  <RehearsalChip mode={run.mode} />
                  {isMine(run) && (
                    <Typography variant="body2" color="text.secondary">
                      {t('widgets.mine')}
                    </Typography>
                  )}
                </Box>
                <Typography variant="body2" color="text.secondary">
                  {run.headline}
                </Typography>
              </Box>
              <Box sx={{ flex: '0 0 170px' }}>
                <RunProgress done={run.done} total={run.total} />
              </Box>
            </Glow>
          </Box>
        ))}
      </Box>
      <Box sx={{ mt: 1 }}>
        <AppLink to={links.runs({ status: OPEN })}>
          {t('widgets.allRuns')}
        </AppLink>
      </Box>
    </>
  );
}
