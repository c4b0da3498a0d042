import type { GateDecision } from '@handrail/plugin-sop-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys';
import { SLOW_REFETCH, useSopQueryClient } from './queryClient';

/** Whether an entity may be changed now, kept fresh. @public */
export function useGate(entityRef: string): UseQueryResult<GateDecision> {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.gate(entityRef),
      queryFn: () => api.getGate(entityRef),
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
}
