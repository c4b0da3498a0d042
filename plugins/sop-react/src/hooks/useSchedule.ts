import type {
  ListOccurrencesRequest,
  OccurrencePage,
  ScheduleView,
} from '@handrail/plugin-sop-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys';
import { SLOW_REFETCH, useSopQueryClient } from './queryClient';

/** When a procedure starts by itself, kept fresh. @public */
export function useSchedule(sopRef: string): UseQueryResult<ScheduleView> {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.schedule(sopRef),
      queryFn: () => api.getSchedule(sopRef),
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
}

/** Occurrences of schedules, latest first, kept fresh. @public */
export function useOccurrences(
  request: ListOccurrencesRequest,
): UseQueryResult<OccurrencePage> {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.occurrences(request),
      queryFn: () => api.listOccurrences(request),
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
}
