import type {
  IncidentStatus,
  ListIncidentsRequest,
} from '@handrail/plugin-incidents-common';
import { useUrlState } from '@handrail/plugin-sop-react';
import { useMemo } from 'react';
import { INCIDENT_STATUSES } from '../Chips';

/** Statuses of incidents that go on; proposed ones have a place of their own. */
export const OPEN_STATUSES: IncidentStatus[] = [
  'investigating',
  'identified',
  'monitoring',
];

const OVER_STATUSES = INCIDENT_STATUSES.filter(
  status => status !== 'proposed' && !OPEN_STATUSES.includes(status),
);

const PAGE = 25;

function isStatus(value: string): value is IncidentStatus {
  return (INCIDENT_STATUSES as string[]).includes(value);
}

type ListRequest = Omit<ListIncidentsRequest, 'cursor'>;

/** The filters that the URL carries, and what they mean for each list. */
export function useFilters() {
  const { params, set } = useUrlState();
  const filters = useMemo(
    () => ({
      status: params.getAll('status').filter(isStatus),
      severity: params.getAll('severity'),
      entity: params.get('entity') ?? undefined,
      owner: params.get('owner') ?? undefined,
      q: params.get('q') ?? '',
    }),
    [params],
  );
  const requests = useMemo(() => {
    const { status, severity, entity, owner, q } = filters;
    const common: ListRequest = {
      ...(severity.length > 0 && { severity }),
      ...(entity && { entityRef: entity }),
      ...(owner && { owner: [owner] }),
      ...(q.trim() && { q: q.trim() }),
      limit: PAGE,
    };
    // A list that the chosen statuses exclude is not asked for at all.
    const within = (group: IncidentStatus[]): ListRequest | undefined => {
      const wanted =
        status.length > 0 ? group.filter(one => status.includes(one)) : group;
      return wanted.length > 0 ? { ...common, status: wanted } : undefined;
    };
    return {
      proposed: within(['proposed']),
      open: within(OPEN_STATUSES),
      over: within(OVER_STATUSES),
      metrics: {
        ...(severity.length > 0 && { severity }),
        ...(entity && { entityRef: entity }),
        ...(owner && { owner: [owner] }),
      },
    };
  }, [filters]);
  return {
    filters,
    requests,
    filtered:
      filters.status.length > 0 ||
      filters.severity.length > 0 ||
      Boolean(filters.entity || filters.owner || filters.q),
    set,
    clear: () =>
      set({
        status: undefined,
        severity: undefined,
        entity: undefined,
        owner: undefined,
        q: undefined,
      }),
  };
}
