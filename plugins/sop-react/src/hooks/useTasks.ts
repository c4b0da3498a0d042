import type {
  TaskCount,
  TaskPage,
  TaskScope,
} from '@handrail/plugin-sop-common';
import {
  useInfiniteQuery,
  useQuery,
  UseQueryResult,
} from '@tanstack/react-query';
import { keys } from './keys';
import { SLOW_REFETCH, useSopQueryClient } from './queryClient';
import { useSignalEffect } from './useSignalEffect';

function useTaskSignals() {
  const { client } = useSopQueryClient();
  useSignalEffect('sop:tasks', () => {
    client.invalidateQueries({ queryKey: keys.tasks() });
  });
}

/** The tasks of the signed-in person in pages, kept current. @public */
export function useTasks(
  scope: TaskScope,
  options: { limit?: number; enabled?: boolean } = {},
) {
  const { api, client } = useSopQueryClient();
  const { limit = 25, enabled } = options;
  useTaskSignals();
  return useInfiniteQuery(
    {
      queryKey: [...keys.tasks(scope), limit],
      queryFn: ({ pageParam }) =>
        api.listTasks({ scope, limit, cursor: pageParam || undefined }),
      initialPageParam: '',
      getNextPageParam: (page: TaskPage) => page.nextCursor,
      refetchInterval: SLOW_REFETCH,
      enabled,
    },
    client,
  );
}

/** How many open tasks wait for the signed-in person. @public */
export function useTaskCount(): UseQueryResult<TaskCount> {
  const { api, client } = useSopQueryClient();
  useTaskSignals();
  return useQuery(
    {
      queryKey: keys.taskCount(),
      queryFn: () => api.countTasks(),
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
}
