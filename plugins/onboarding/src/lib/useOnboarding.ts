import type {
  BrokenStep,
  OnboardingMe,
  TimeToFirst,
} from '@handrail/plugin-onboarding-common';
import {
  SLOW_REFETCH,
  useQueryClientFor,
  useSignalEffect,
} from '@handrail/plugin-sop-react';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import { onboardingApiRef } from '../api';

const ME = ['onboarding', 'me'];

/** The cache that page, widget and host share. */
function useOnboardingClient() {
  return useQueryClientFor(onboardingApiRef);
}

/** Tours, progress, milestones and checklist of the reader, kept current. */
export function useMe(
  options: { enabled?: boolean; slow?: boolean } = {},
): UseQueryResult<OnboardingMe> {
  const { api, client } = useOnboardingClient();
  useSignalEffect('onboarding:me', () => {
    client.invalidateQueries({ queryKey: ME });
  });
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
