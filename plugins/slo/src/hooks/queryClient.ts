import type { SloApi } from '@handrail/plugin-slo-common';
import { useQueryClientFor } from '@handrail/plugin-sop-react';
import type { QueryClient } from '@tanstack/react-query';
import { sloApiRef } from '../api';

/** Milliseconds between refetches of the one SLO that is looked at. */
export const PAGE_REFETCH = 10_000;

/** The cache that all SLO pages, tabs, cards and widgets share. */
export function useSloQueryClient(): { api: SloApi; client: QueryClient } {
  return useQueryClientFor(sloApiRef);
}
