import type {
  AlertPage,
  IncidentTimelinePage,
  IncidentVerification,
} from '@handrail/plugin-incidents-common';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { keys } from './keys';
import { useIncidentsQueryClient } from './queryClient';

const PAGE = 50;

/** The events of an incident in pages, newest first. */
export function useTimeline(incidentId: string) {
  const { api, client } = useIncidentsQueryClient();
  return useInfiniteQuery(
    {
      queryKey: keys.timeline(incidentId),
      queryFn: ({ pageParam }) =>
        api.getTimeline(incidentId, {
          before: pageParam || undefined,
          limit: PAGE,
        }),
      initialPageParam: 0,
      getNextPageParam: (page: IncidentTimelinePage) => page.nextBefore,
    },
    client,
  );
}

/** The episodes of alerts that belong to an incident, newest first. */
export function useAlerts(incidentId: string) {
  const { api, client } = useIncidentsQueryClient();
  return useInfiniteQuery(
    {
      queryKey: keys.alerts(incidentId),
      queryFn: ({ pageParam }) =>
        api.listAlerts({
          incidentId,
          limit: PAGE,
          cursor: pageParam || undefined,
        }),
      initialPageParam: '',
      getNextPageParam: (page: AlertPage) => page.nextCursor,
    },
    client,
  );
}

/** Asks the back end to recompute the hash chain and replay the incident. */
export function useVerifyIncident(incidentId: string) {
  const { api, client } = useIncidentsQueryClient();
  return useMutation<IncidentVerification, Error, void>(
    { mutationFn: () => api.verifyIncident(incidentId) },
    client,
  );
}
