import { ApiRef, useApi } from '@backstage/core-plugin-api';
import type { SopApi } from '@handrail/plugin-sop-common';
import { QueryClient } from '@tanstack/react-query';
import { sopApiRef } from '../api';
import { errorDetails } from '../lib/errors';

const clients = new WeakMap<object, QueryClient>();

/**
 * Milliseconds between refetches: the net below missed signals.
 * @public
 */
export const SLOW_REFETCH = 30_000;

/**
 * An API of the app and the cache that everything that asks it shares. The
 * cache is handed to each hook, so no provider is needed around a widget on a
 * foreign page.
 * @public
 */
export function useQueryClientFor<T extends object>(
  apiRef: ApiRef<T>,
): { api: T; client: QueryClient } {
  const api = useApi(apiRef);
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
    // Else nothing is fetched again when the reader comes back to the page.
    client.mount();
    clients.set(api, client);
  }
  return { api, client };
}

/**
 * The cache that all SOP pages, tabs, cards and widgets share.
 * @public
 */
export function useSopQueryClient(): { api: SopApi; client: QueryClient } {
  return useQueryClientFor(sopApiRef);
}
