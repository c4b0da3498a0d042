import { useApi } from '@backstage/core-plugin-api';
import type { IncidentsApi } from '@handrail/plugin-incidents-common';
import { errorDetails } from '@handrail/plugin-sop-react';
import { QueryClient } from '@tanstack/react-query';
import { incidentsApiRef } from '../api';

const clients = new WeakMap<IncidentsApi, QueryClient>();

/** Milliseconds between refetches: the net below missed signals. */
export const SLOW_REFETCH = 30_000;

/**
 * The cache that all incident pages, tabs, cards and widgets share. It is
 * handed to each hook, so no provider is needed around a widget on a foreign
 * page.
 */
export function useIncidentsQueryClient(): {
  api: IncidentsApi;
  client: QueryClient;
} {
  const api = useApi(incidentsApiRef);
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
    clients.set(api, client);
  }
  return { api, client };
}
