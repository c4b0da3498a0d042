import type { SloStatus } from '@handrail/plugin-slo-common';

/** All states, worst first. */
export const STATUSES: SloStatus[] = [
  'exhausted',
  'caution',
  'unknown',
  'no-data',
  'healthy',
];

/** Filters of the list, as its URL carries them. */
export interface SloFilters {
  q?: string;
  owner?: string;
  status: SloStatus[];
}

function isStatus(value: string): value is SloStatus {
  return (STATUSES as string[]).includes(value);
}

/** Reads the filters of an address; states that do not exist are left out. */
export function readFilters(params: URLSearchParams): SloFilters {
  return {
    q: params.get('q') ?? undefined,
    owner: params.get('owner') ?? undefined,
    status: [...new Set(params.getAll('status').filter(isStatus))],
  };
}
