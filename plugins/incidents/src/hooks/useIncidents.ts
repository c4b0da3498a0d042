import type {
  GetMetricsRequest,
  IncidentMetrics,
  IncidentPage,
  ListIncidentsRequest,
  PolicyView,
} from '@handrail/plugin-incidents-common';
import { SLOW_REFETCH, useSignalEffect } from '@handrail/plugin-sop-react';
import {
  useInfiniteQuery,
  useQuery,
  UseQueryResult,
} from '@tanstack/react-query';
import { keys } from './keys';
import { useIncidentsQueryClient } from './queryClient';

/** Incidents in pages, newest first, kept current. */
export function useIncidents(
  request: Omit<ListIncidentsRequest, 'cursor'>,
  options: { enabled?: boolean } = {},
) {
  const { api, client } = useIncidentsQueryClient();
  useSignalEffect('incidents:incidents', () => {
    client.invalidateQueries({ queryKey: keys.lists() });
  });
  return useInfiniteQuery(
    {
      queryKey: keys.list(request),
      queryFn: ({ pageParam }) =>
        api.listIncidents({ ...request, cursor: pageParam || undefined }),
      initialPageParam: '',
      getNextPageParam: (page: IncidentPage) => page.nextCursor,
      refetchInterval: SLOW_REFETCH,
      enabled: options.enabled,
    },
    client,
  );
}

/** Severities, roles and duties in force. */
export function usePolicy(
  options: { enabled?: boolean } = {},
): UseQueryResult<PolicyView> {
  const { api, client } = useIncidentsQueryClient();
  return useQuery(
    {
      queryKey: keys.policy(),
      queryFn: () => api.getPolicy(),
      staleTime: 5 * 60_000,
      enabled: options.enabled,
    },
    client,
  );
}

/** Times over the incidents of a period. */
export function useMetrics(
  request: GetMetricsRequest,
): UseQueryResult<IncidentMetrics> {
  const { api, client } = useIncidentsQueryClient();
  return useQuery(
    {
      queryKey: keys.metrics(request),
      queryFn: () => api.getMetrics(request),
      staleTime: 60_000,
    },
    client,
  );
}
