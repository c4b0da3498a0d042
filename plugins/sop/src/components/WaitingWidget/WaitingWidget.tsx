import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TaskItem } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EmptyState,
  ErrorState,
  Glow,
  Loading,
  TimeStamp,
  useSopLinks,
  useTaskCount,
  useTasks,
  RehearsalChip,
} from '@handrail/plugin-sop-react';
import TaskAltIcon from '@mui/icons-material/TaskAlt';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { byDeadline } from '../../lib/byDeadline';
import { sopTranslationRef } from '../../translation';

const LINES = 6;

/** On the home page: what waits for the reader, nearest deadline first. */
export function WaitingWidget() {
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const mine = useTasks('me', { limit: LINES });
  const groups = useTasks('groups', { limit: LINES });
  const count = useTaskCount().data;

  const tasks = useMemo(() => {
    const all = [mine, groups].flatMap(
      query => query.data?.pages.flatMap(page => page.items) ?? [],
    );
    const seen = new Map<string, TaskItem>();
    all.forEach(task => seen.set(`${task.runId} ${task.stepId}`, task));
    return [...seen.values()].sort(byDeadline).slice(0, LINES);
  }, [mine, groups]);

  if (mine.isPending || groups.isPending) {
    return <Loading shape="list" count={3} />;
  }
  const error = mine.error ?? groups.error;
  if (error && tasks.length === 0) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          mine.refetch();
          groups.refetch();
        }}
      />
    );
  }
  if (tasks.length === 0) {
    return (
      <EmptyState dense icon={<TaskAltIcon />} title={t('widgets.noTasks')} />
    );
  }
  const more = (count ? count.me + count.groups : tasks.length) - tasks.length;
  return (
    <>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {tasks.map(task => (
          <Box
            component="li"
            key={`${task.runId} ${task.stepId}`}
            sx={{ py: 0.75, borderBottom: 1, borderColor: 'divider' }}
          >
            <Glow
              on={task.version}
              sx={{ display: 'flex', gap: 2, justifyContent: 'space-between' }}
            >
              <Box sx={{ minWidth: 0 }}>
                <AppLink to={links.run(task.runId, { step: task.stepId })}>
                  {task.asked}
                </AppLink>
                <Typography variant="body2" color="text.secondary">
                  {task.runTitle}
                </Typography>
                <RehearsalChip mode={task.mode} />
              </Box>
              <Typography variant="body2" component="div">
                {task.dueAt ? (
                  <TimeStamp at={task.dueAt} deadline />
                ) : (
                  <TimeStamp at={task.since} />
                )}
              </Typography>
            </Glow>
          </Box>
        ))}
      </Box>
      <Box sx={{ mt: 1 }}>
        <AppLink
          to={links.tasks(mine.data?.pages[0].items.length ? 'me' : 'groups')}
        >
          {more > 0 ? t('tasks.more', { count: more }) : t('widgets.allTasks')}
        </AppLink>
      </Box>
    </>
  );
}
