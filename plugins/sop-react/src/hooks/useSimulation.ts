import type { SimulationRequest } from '@handrail/plugin-sop-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { keys } from './keys';
import { useSopQueryClient } from './queryClient';

/**
 * What a run would meet if it were started now. Keeps the last answer while a
 * changed question is on its way.
 * @param request - nothing while it cannot be asked yet
 * @public
 */
export function useSimulation(
  sopRef: string,
  request: SimulationRequest | undefined,
) {
  const { api, client } = useSopQueryClient();
  return useQuery(
    {
      queryKey: keys.simulation(sopRef, request),
      queryFn: () => api.simulateRun(sopRef, request ?? {}),
      enabled: request !== undefined,
      placeholderData: keepPreviousData,
      // The answer to a question that makes no sense does not change.
      retry: false,
    },
    client,
  );
}
