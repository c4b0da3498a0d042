import type { IncidentView } from '@handrail/plugin-incidents-common';
import { SLOW_REFETCH, useSignalEffect } from '@handrail/plugin-sop-react';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keys } from './keys';
import { useIncidentsQueryClient } from './queryClient';

/**
 * One incident, kept current.
 *
 * @param reference - Its reference such as `INC-12`, or its id.
 */
export function useIncident(reference: string): UseQueryResult<IncidentView> {
  const { api, client } = useIncidentsQueryClient();
  const query = useQuery(
    {
      queryKey: keys.incident(reference),
      queryFn: () => api.getIncident(reference),
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
  // Before the incident is known the channel is one on which nobody sends.
  const incidentId = query.data?.incidentId ?? '';
  const version = query.data?.version;
  useSignalEffect<{ incidentId: string; version: number }>(
    `incidents:incident:${incidentId}`,
    message => {
      const known = client.getQueryData<IncidentView>(keys.incident(reference));
      // The answer to one's own command usually arrives before its signal.
      if (!known || known.version < message.version) {
        client.invalidateQueries({ queryKey: keys.incident(reference) });
      }
    },
  );
  useEffect(() => {
    if (version !== undefined) {
      client.invalidateQueries({ queryKey: keys.timeline(incidentId) });
      client.invalidateQueries({ queryKey: keys.alerts(incidentId) });
    }
  }, [client, incidentId, version]);
  return query;
}
