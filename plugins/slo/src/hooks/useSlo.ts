import type {
  SloBurnDown,
  SloKey,
  SloRules,
  SloView,
} from '@handrail/plugin-slo-common';
import { useMutation, useQuery, UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys';
import { PAGE_REFETCH, useSloQueryClient } from './queryClient';

/** Points of a burn-down: a width of a chart that shows each. */
const POINTS = 300;

/** One SLO, kept current. */
export function useSlo(key: SloKey): UseQueryResult<SloView> {
  const { api, client } = useSloQueryClient();
  return useQuery(
    {
      queryKey: keys.slo(key),
      queryFn: () => api.getSlo(key),
      refetchInterval: PAGE_REFETCH,
    },
    client,
  );
}

/**
 * How the budget of one objective was spent. Asked for again when the SLO has
 * been evaluated since.
 *
 * @param evaluatedAt - When the SLO was evaluated last.
 */
export function useBurnDown(
  key: SloKey,
  objective: string,
  evaluatedAt: string | null,
): UseQueryResult<SloBurnDown> {
  const { api, client } = useSloQueryClient();
  return useQuery(
    {
      queryKey: [...keys.burnDown(key, objective), evaluatedAt],
      queryFn: () => api.getBurnDown({ ...key, objective, points: POINTS }),
      // The old curve stays until the new one is there, but not for another SLO.
      placeholderData: (previous, query) =>
        query?.queryKey[4] === objective && query?.queryKey[3] === key.name
          ? previous
          : undefined,
      staleTime: Infinity,
    },
    client,
  );
}

/** The rules that Prometheus would run for an SLO. */
export function useRules(
  key: SloKey,
  options: { enabled: boolean },
): UseQueryResult<SloRules> {
  const { api, client } = useSloQueryClient();
  return useQuery(
    {
      queryKey: keys.rules(key),
      queryFn: () => api.getRules(key),
      enabled: options.enabled,
    },
    client,
  );
}

/** Has an SLO evaluated now. */
export function useEvaluate(key: SloKey) {
  const { api, client } = useSloQueryClient();
  return useMutation<SloView, Error>(
    {
      mutationFn: () => api.evaluateSlo(key),
      onSuccess: view => {
        client.setQueryData<SloView>(keys.slo(key), view);
        client.invalidateQueries({ queryKey: keys.list() });
      },
    },
    client,
  );
}
