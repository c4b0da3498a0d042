import { useApi } from '@backstage/core-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import type {
  BrokenStep,
  OnboardingApi,
  OnboardingMe,
  TimeToFirst,
} from '@handrail/plugin-onboarding-common';
import { errorDetails } from '@handrail/plugin-sop-react';
import { QueryClient, useQuery, UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { onboardingApiRef } from '../api';

const ME = ['onboarding', 'me'];
/** Milliseconds between refetches: the net below missed signals. */
const SLOW_REFETCH = 30_000;

const clients = new WeakMap<OnboardingApi, QueryClient>();

/** The cache that page, widget and host share. */
function useOnboardingClient(): { api: OnboardingApi; client: QueryClient } {
  const api = useApi(onboardingApiRef);
  let client = clients.get(api);
  if (!client) {
    client = new QueryClient({
      defaultOptions: {
        queries: {
          staleTime: 5_000,
          // A refusal stays a refusal; only lost connections are worth a retry.
          retry: (count, error) =>
            count < 2 && errorDetails(error).status === undefined,
        },
      },
    });
    clients.set(api, client);
  }
  return { api, client };
}

/** Tours, progress, milestones and checklist of the reader, kept current. */
export function useMe(
  options: { enabled?: boolean; slow?: boolean } = {},
): UseQueryResult<OnboardingMe> {
  const { api, client } = useOnboardingClient();
  const { lastSignal } = useSignal('onboarding:me');
  useEffect(() => {
    if (lastSignal) {
      client.invalidateQueries({ queryKey: ME });
    }
  }, [client, lastSignal]);
  return useQuery(
    {
      queryKey: ME,
      queryFn: () => api.getMe(),
      enabled: options.enabled ?? true,
      // The host is on every page and needs no polling of its own.
      refetchInterval: options.slow ? false : SLOW_REFETCH,
    },
    client,
  );
}

/** Makes pages ask again after the reader's own change. */
export function useRefreshMe(): () => Promise<void> {
  const { client } = useOnboardingClient();
  return useCallback(
    () => client.invalidateQueries({ queryKey: ME }),
    [client],
  );
}

/** How long people take to their first template run. */
export function useTimeToFirst(): UseQueryResult<TimeToFirst> {
  const { api, client } = useOnboardingClient();
  return useQuery(
    {
      queryKey: ['onboarding', 'time-to-first'],
      queryFn: () => api.getTimeToFirstTemplateRun(),
    },
    client,
  );
}

/** Steps of tours whose targets people did not find. */
export function useBrokenSteps(): UseQueryResult<BrokenStep[]> {
  const { api, client } = useOnboardingClient();
  return useQuery(
    {
      queryKey: ['onboarding', 'broken-steps'],
      queryFn: () => api.listBrokenSteps(),
    },
    client,
  );
}
