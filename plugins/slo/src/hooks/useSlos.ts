import type { ListSlosRequest, SloPage } from '@handrail/plugin-slo-common';
import { SLOW_REFETCH } from '@handrail/plugin-sop-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { keys } from './keys';
import { useSloQueryClient } from './queryClient';

/** SLOs in pages, those in the worst state first, kept current. */
export function useSlos(
  request: Omit<ListSlosRequest, 'cursor'>,
  options: { enabled?: boolean } = {},
) {
  const { api, client } = useSloQueryClient();
  return useInfiniteQuery(
    {
      queryKey: keys.list(request),
      queryFn: ({ pageParam }) =>
        api.listSlos({ ...request, cursor: pageParam || undefined }),
      initialPageParam: '',
      getNextPageParam: (page: SloPage) => page.nextCursor,
      refetchInterval: SLOW_REFETCH,
      placeholderData: keepPreviousData,
      enabled: options.enabled,
    },
    client,
  );
}
