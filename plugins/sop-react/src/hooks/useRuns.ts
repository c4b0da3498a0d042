import type { ListRunsRequest, RunPage } from '@handrail/plugin-sop-common';
import { useInfiniteQuery } from '@tanstack/react-query';
import { keys } from './keys';
import { SLOW_REFETCH, useSopQueryClient } from './queryClient';
import { useSignalEffect } from './useSignalEffect';

/** Runs in pages, newest first, kept current. @public */
export function useRuns(request: Omit<ListRunsRequest, 'cursor'> = {}) {
  const { api, client } = useSopQueryClient();
  useSignalEffect('sop:runs', () => {
    client.invalidateQueries({ queryKey: keys.runs() });
    client.invalidateQueries({ queryKey: keys.procedures() });
  });
  return useInfiniteQuery(
    {
      queryKey: keys.runs(request),
      queryFn: ({ pageParam }) =>
        api.listRuns({ ...request, cursor: pageParam || undefined }),
      initialPageParam: '',
      getNextPageParam: (page: RunPage) => page.nextCursor,
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
}
