import type { IncidentsApi } from '@handrail/plugin-incidents-common';
import { useQueryClientFor } from '@handrail/plugin-sop-react';
import type { QueryClient } from '@tanstack/react-query';
import { incidentsApiRef } from '../api';

/** The cache that all incident pages, tabs, cards and widgets share. */
export function useIncidentsQueryClient(): {
  api: IncidentsApi;
  client: QueryClient;
} {
  return useQueryClientFor(incidentsApiRef);
}
