import type { GoverningProcedure } from '@handrail/plugin-sop-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys';
import { SLOW_REFETCH, useSopQueryClient } from './queryClient';

/** The procedures that govern an entity, by number. @public */
export function useProceduresForEntity(
  entityRef: string,
): UseQueryResult<GoverningProcedure[]> {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.procedures(entityRef),
      queryFn: () => api.listProceduresForEntity(entityRef),
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
}
