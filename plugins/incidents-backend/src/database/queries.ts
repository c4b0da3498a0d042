import {
  describeCommand,
  describeDuty,
  NameOf,
  nameOf,
  NextDuty,
  IncidentPage,
  IncidentSummary,
  IncidentTimes,
  ListIncidentsRequest,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import { checkLimit, decodeCursor, encodeCursor, toPage } from './cursor';

/** Counting stops here: nobody reads on. */
const MAX_TOTAL = 1000;

/** A row of `incident`. */
export interface DbIncident {
  incident_id: string;
  reference: string;
  engine_version: number;
  genesis: string;
  version: number;
  head: string;
  title: string;
  severity: string;
  status: IncidentSummary['status'];
  open: boolean | number;
  drill: boolean | number;
  declared_by: string | null;
  commander: string | null;
  created_at: string;
  declared_at: string | null;
  mitigated_at: string | null;
  resolved_at: string | null;
  closed_at: string | null;
  updated_at: string;
  last_update_at: string | null;
  merged_into: string | null;
  headline: string;
  next: string | null;
  entity_refs: string;
  owners: string;
  times: string;
}

const opt = <T>(value: T | null): T | undefined => value ?? undefined;

/** What a list shows. */
export function toSummary(
  row: DbIncident,
  name: NameOf = nameOf,
): IncidentSummary {
  const next: NextDuty | undefined = row.next
    ? JSON.parse(row.next)
    : undefined;
  return {
    incidentId: row.incident_id,
    reference: row.reference,
    title: row.title,
    severity: row.severity,
    status: row.status,
    open: Boolean(row.open),
    drill: Boolean(row.drill),
    entityRefs: JSON.parse(row.entity_refs),
    owners: JSON.parse(row.owners),
    commander: opt(row.commander),
    declaredBy: opt(row.declared_by),
    createdAt: row.created_at,
    declaredAt: opt(row.declared_at),
    mitigatedAt: opt(row.mitigated_at),
    resolvedAt: opt(row.resolved_at),
    closedAt: opt(row.closed_at),
    updatedAt: row.updated_at,
    lastUpdateAt: opt(row.last_update_at),
    mergedInto: opt(row.merged_into),
    version: row.version,
    headline: headlineOf(row, next, name),
    next,
  };
}

/** The stored sentence, with people called as they are known today. */
function headlineOf(
  { headline, commander }: DbIncident,
  next: NextDuty | undefined,
  name: NameOf,
): string {
  if (next && headline === describeDuty(next)) {
    return describeDuty(next, name);
  }
  return commander && headline === describeCommand(commander)
    ? describeCommand(commander, name)
    : headline;
}

/** Whom the headline of an incident may name. */
export function peopleOfHeadline(row: DbIncident): string[] {
  const next: NextDuty | undefined = row.next
    ? JSON.parse(row.next)
    : undefined;
  return [
    ...(next?.responsible ?? []),
    ...(row.commander ? [row.commander] : []),
  ];
}

/** What a list may be narrowed by. */
export type IncidentFilter = Pick<
  ListIncidentsRequest,
  'open' | 'status' | 'severity' | 'entityRef' | 'owner' | 'q'
>;

function applyFilter(
  query: Knex.QueryBuilder,
  knex: Knex,
  filter: IncidentFilter,
): Knex.QueryBuilder {
  if (filter.open !== undefined) {
    query.where('open', filter.open);
  }
  if (filter.status?.length) {
    query.whereIn('status', filter.status);
  }
  if (filter.severity?.length) {
    query.whereIn('severity', filter.severity);
  }
  if (filter.entityRef !== undefined) {
    query.whereIn(
      'incident_id',
      knex('incident_entity')
        .where('entity_ref', filter.entityRef.toLocaleLowerCase('en-US'))
        .select('incident_id'),
    );
  }
  if (filter.owner?.length) {
    query.whereIn(
      'incident_id',
      knex('incident_owner')
        .whereIn(
          'owner',
          filter.owner.map(one => one.toLocaleLowerCase('en-US')),
        )
        .select('incident_id'),
    );
  }
  const words = (filter.q ?? '').toLocaleLowerCase('en-US').split(/\s+/);
  for (const word of words.filter(Boolean)) {
    const pattern = word.replace(/[\\%_]/g, character => `\\${character}`);
    query.whereRaw(`search LIKE ? ESCAPE '\\'`, [`%${pattern}%`]);
  }
  return query;
}

/** Incidents, newest first. */
export async function listIncidents(
  knex: Knex,
  request: ListIncidentsRequest,
  names?: (refs: string[]) => Promise<NameOf>,
): Promise<IncidentPage> {
  const limit = checkLimit(request.limit);
  const query = applyFilter(knex('incident'), knex, request)
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'incident_id', order: 'desc' },
    ])
    .limit(limit + 1)
    .select('*');
  if (request.cursor !== undefined) {
    query.whereRaw(
      '(created_at, incident_id) < (?, ?)',
      decodeCursor('incidents', request.cursor),
    );
  }
  const rows: DbIncident[] = await query;
  const [{ total }] = await knex
    .from(
      applyFilter(knex('incident').select('incident_id'), knex, request)
        .limit(MAX_TOTAL)
        .as('matching'),
    )
    .count({ total: '*' });
  const name = await names?.(rows.flatMap(peopleOfHeadline));
  return {
    ...toPage(
      rows,
      limit,
      row => toSummary(row, name),
      row => encodeCursor('incidents', row.created_at, row.incident_id),
    ),
    total: Number(total),
  };
}

/** The times of incidents declared in a period. */
export async function readTimes(
  knex: Knex,
  period: { from: string; to: string },
  filter: IncidentFilter,
): Promise<IncidentTimes[]> {
  const rows: Array<Pick<DbIncident, 'times'>> = await applyFilter(
    knex('incident'),
    knex,
    filter,
  )
    // A declined proposal was never declared; it counts as what it is.
    .whereRaw('coalesce(declared_at, created_at) >= ?', [period.from])
    .whereRaw('coalesce(declared_at, created_at) < ?', [period.to])
    .select('times');
  return rows.map(row => JSON.parse(row.times));
}
