import type {
  GetMetricsRequest,
  ListIncidentsRequest,
} from '@handrail/plugin-incidents-common';

/** Cache keys, from coarse to fine so that a prefix invalidates a family. */
export const keys = {
  policy: () => ['incidents', 'policy'] as const,
  incident: (reference: string) => ['incidents', 'one', reference] as const,
  timeline: (incidentId: string) =>
    ['incidents', 'timeline', incidentId] as const,
  alerts: (incidentId: string) => ['incidents', 'alerts', incidentId] as const,
  lists: () => ['incidents', 'list'] as const,
  list: (request: ListIncidentsRequest) =>
    ['incidents', 'list', request] as const,
  allMetrics: () => ['incidents', 'metrics'] as const,
  metrics: (request: GetMetricsRequest) =>
    ['incidents', 'metrics', request] as const,
};
