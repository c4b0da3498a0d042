import {
  IncidentState,
  IncidentVerification,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import { isPostgres } from './dialect';
import {
  incidentGenesis,
  incidentNotFound,
  journal,
  loadState,
} from './journal';
import {
  CHILD_TABLES,
  LEASE_COLUMNS,
  Projection,
  projectIncident,
  Row,
} from './projections';

type Verdict = Omit<IncidentVerification, 'checkedAt'>;

/** Columns that no journal gives. */
const NOT_DERIVED = ['genesis', 'head', 'start_key'];

/** SQLite has no booleans. */
function plain(row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(
        ([column]) =>
          !NOT_DERIVED.includes(column) && !LEASE_COLUMNS.includes(column),
      )
      .map(([column, value]) => [
        column,
        typeof value === 'boolean' ? Number(value) : value,
      ]),
  );
}

function asText(rows: Row[]): string[] {
  return rows
    .map(row => {
      const values = plain(row);
      return JSON.stringify(
        Object.keys(values)
          .sort()
          .map(key => [key, values[key]]),
      );
    })
    .sort();
}

/** Rows of a table that are not what the journal gives. */
export interface ProjectionDifference {
  table: keyof Projection;
  expected: string;
  found: string;
}

/**
 * Rebuilds what the tables should hold from the journal alone and compares it
 * with what they do hold. Empty when they agree.
 */
export async function compareProjections(
  db: Knex,
  state: IncidentState,
): Promise<ProjectionDifference[]> {
  const expected = projectIncident(state);
  const differences: ProjectionDifference[] = [];
  for (const table of ['incident', ...CHILD_TABLES, 'obligation'] as const) {
    const wanted = expected[table];
    const should = asText(Array.isArray(wanted) ? wanted : [wanted]);
    const is = asText(
      await db(table).where('incident_id', state.incidentId).select('*'),
    );
    const missing = should.filter(row => !is.includes(row));
    const surplus = is.filter(row => !should.includes(row));
    if (missing.length || surplus.length || should.length !== is.length) {
      differences.push({
        table,
        expected: missing[0] ?? 'no such row',
        found: surplus[0] ?? 'no such row',
      });
    }
  }
  return differences;
}

async function check(db: Knex, incidentId: string): Promise<Verdict> {
  const row = await db('incident').where('incident_id', incidentId).first();
  if (!row) {
    throw incidentNotFound(incidentId);
  }
  const genesis = incidentGenesis({ incidentId, reference: row.reference });
  const chain = await journal.verify(db, incidentId, genesis, {
    seq: row.version,
    hash: row.head,
    final: true,
  });
  if (!chain.ok) {
    return { events: Math.max(0, chain.seq - 1), ...chain };
  }
  let state: IncidentState;
  try {
    state = await loadState(db, incidentId);
  } catch (error) {
    return {
      ok: false,
      events: chain.events,
      reason: 'replay-failed',
      message: `The journal cannot be replayed: ${(error as Error).message}`,
    };
  }
  const [difference] = await compareProjections(db, state);
  if (difference) {
    return {
      ok: false,
      events: chain.events,
      reason: 'projection-differs',
      message: `All ${chain.events} events are as they were written, but the table ${difference.table} says something else`,
      expected: difference.expected,
      found: difference.found,
    };
  }
  return {
    ok: true,
    events: chain.events,
    head: chain.head.hash,
    message: `All ${chain.events} events are as they were written`,
  };
}

/**
 * Checks an incident against everything the database holds about it at one
 * moment. Nothing comes from memory.
 * @throws NotFoundError
 */
export function verifyIncident(
  knex: Knex,
  incidentId: string,
): Promise<Verdict> {
  return knex.transaction(
    tx => check(tx, incidentId),
    isPostgres(knex)
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : undefined,
  );
}
