import { useApi } from '@backstage/core-plugin-api';
import type { SloApi } from '@handrail/plugin-slo-common';
import { errorDetails } from '@handrail/plugin-sop-react';
import { QueryClient } from '@tanstack/react-query';
import { sloApiRef } from '../api';

const clients = new WeakMap<SloApi, QueryClient>();

/** Milliseconds between refetches of lists. */
export const SLOW_REFETCH = 30_000;

/** Milliseconds between refetches of the one SLO that is looked at. */
export const PAGE_REFETCH = 10_000;

/**
 * The cache that all SLO pages, tabs, cards and widgets share. It is handed to
 * each hook, so no provider is needed around a widget on a foreign page.
 */
export function useSloQueryClient(): { api: SloApi; client: QueryClient } {
  const api = useApi(sloApiRef);
  let client = clients.get(api);
  if (!client) {
    client = new QueryClient({
      defaultOptions: {
        queries: {
          staleTime: 5_000,
          // A refusal stays a refusal; only lost connections are worth a retry.
          retry: (count, error) =>
            count < 2 && errorDetails(error).status === undefined,
          retryDelay: attempt => 500 * 2 ** attempt,
        },
      },
    });
    // Without a provider nobody else has it listen for focus and connection.
    client.mount();
    clients.set(api, client);
  }
  return { api, client };
}
