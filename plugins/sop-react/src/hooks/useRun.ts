import type { RunView } from '@handrail/plugin-sop-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys';
import { SLOW_REFETCH, useSopQueryClient } from './queryClient';
import { useSignalEffect } from './useSignalEffect';

/** One run, kept current. @public */
export function useRun(runId: string): UseQueryResult<RunView> {
  const { api, client } = useSopQueryClient();
  useSignalEffect<{ runId: string; version: number }>(
    `sop:run:${runId}`,
    message => {
      const known = client.getQueryData<RunView>(keys.run(runId));
      // The answer to one's own command usually arrives before its signal.
      if (!known || known.version < message.version) {
        client.invalidateQueries({ queryKey: keys.run(runId) });
        client.invalidateQueries({ queryKey: keys.journal(runId) });
      }
    },
  );
  return useQuery(
    {
      queryKey: keys.run(runId),
      queryFn: () => api.getRun(runId),
      refetchInterval: SLOW_REFETCH,
    },
    client,
  );
}
