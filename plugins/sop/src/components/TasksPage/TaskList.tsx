import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TaskScope } from '@handrail/plugin-sop-common';
import {
  AppLink,
  EmptyState,
  ErrorState,
  Loading,
  LoadMore,
  useSopLinks,
  useTasks,
} from '@handrail/plugin-sop-react';
import TaskAltIcon from '@mui/icons-material/TaskAlt';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo } from 'react';
import { sopTranslationRef } from '../../translation';
import { TaskRow } from './TaskRow';
import { taskKey, useStableTasks } from './useStableTasks';

/** Props of {@link TaskList}. */
export interface TaskListProps {
  scope: TaskScope;
  /** How many tasks are open for the reader's groups. */
  groups?: number;
}

/** Tasks of one kind, one line each. */
export function TaskList(props: TaskListProps) {
  const { scope, groups } = props;
  const { t } = useTranslationRef(sopTranslationRef);
  const links = useSopLinks();
  const query = useTasks(scope);
  const fresh = useMemo(
    () => query.data?.pages.flatMap(page => page.items) ?? [],
    [query.data],
  );
  const { shown, held, release, handlers } = useStableTasks(fresh);

  if (query.isPending) {
    return <Loading shape="list" count={5} />;
  }
  if (query.error && fresh.length === 0) {
    return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  }
  if (shown.length === 0) {
    const texts = {
      me: [t('tasks.emptyMe'), t('tasks.emptyMeText')],
      groups: [t('tasks.emptyGroups'), t('tasks.emptyGroupsText')],
      done: [t('tasks.emptyDone'), t('tasks.emptyDoneText')],
    }[scope];
    return (
      <EmptyState
        icon={<TaskAltIcon />}
        title={texts[0]}
        action={
          scope === 'me' && groups ? (
            <AppLink to={links.tasks('groups')}>{t('tasks.seeGroups')}</AppLink>
          ) : undefined
        }
      >
        {texts[1]}
      </EmptyState>
    );
  }
  return (
    <>
      <div aria-live="polite">
        {held > 0 && (
          <Alert
            severity="info"
            sx={{ mb: 1 }}
            action={
              <Button color="inherit" size="small" onClick={release}>
                {t('common.show')}
              </Button>
            }
          >
            {t('tasks.held', { count: held })}
          </Alert>
        )}
      </div>
      <Box component="ul" {...handlers} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {shown.map(({ item, gone }) => (
          <TaskRow
            key={taskKey(item)}
            task={item}
            gone={gone}
            done={scope === 'done'}
          />
        ))}
      </Box>
      <LoadMore query={query} />
    </>
  );
}
