import { fromRow, JournalRow } from '@handrail/journal';
import {
  AnyRunEvent,
  PolicyRevision,
  RunState,
  SopSpec,
} from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { readPolicies, StoredPolicy } from '../database/queries/policies';
import { DbRevision, DbRun } from '../database/rows';
import { fold, toRunEvents } from '../database/transition';

/** A run as its journal tells it. */
export interface RunRecord {
  runId: string;
  sopRef: string;
  revisionHash: string;
  engineVersion: number;
  spec: SopSpec;
  rows: JournalRow[];
  events: AnyRunEvent[];
  state: RunState;
  /** Hash of the last event. */
  head: string;
  /** Policies that its events name. */
  policies: Array<Pick<PolicyRevision, 'hash' | 'ref' | 'title'>>;
}

/** What a bundle says about a run, even when its journal cannot be replayed. */
export interface StoredRun {
  run: DbRun;
  rows: JournalRow[];
  revision: DbRevision | undefined;
  /** Policies that its events name, as far as they are kept. */
  policies: StoredPolicy[];
}

/** @returns undefined when there is no such run */
export async function readStoredRun(
  db: Knex,
  runId: string,
  upTo: number,
): Promise<StoredRun | undefined> {
  const run = await db<DbRun>('run').where('run_id', runId).first();
  if (!run) {
    return undefined;
  }
  const rows: JournalRow[] = await db('run_event')
    .where('run_id', runId)
    .where('seq', '<=', upTo)
    .orderBy('seq');
  const revision = await db<DbRevision>('sop_revision')
    .where('hash', run.revision_hash)
    .first();
  const policies = await readPolicies(db, policiesOf(rows));
  return { run, rows, revision, policies };
}

/** Hashes of the policies that events name, in the order of their first mention. */
function policiesOf(rows: JournalRow[]): string[] {
  const hashes = rows.flatMap(row => {
    if (!row.data.includes('"policies"')) {
      return [];
    }
    try {
      const { policies } = JSON.parse(row.data);
      return Array.isArray(policies) ? policies.map(String) : [];
    } catch {
      // Tampered with, which the verifier tells with the place.
      return [];
    }
  });
  return [...new Set(hashes)];
}

/** @throws Error when the journal cannot be replayed: it was tampered with */
export function toRecord(stored: StoredRun): RunRecord {
  const { run, rows, revision, policies } = stored;
  const events = toRunEvents(rows);
  return {
    runId: run.run_id,
    sopRef: run.sop_ref,
    revisionHash: run.revision_hash,
    engineVersion: run.engine_version,
    spec: JSON.parse(revision?.spec ?? '{"steps":[]}'),
    rows,
    events,
    state: fold(undefined, events),
    head: rows[rows.length - 1].hash,
    policies,
  };
}

/**
 * A line of a journal in a bundle. The event's text is put together from the
 * stored bytes of its data, in the order of canonical JSON.
 */
export function journalLine(row: JournalRow): string {
  const { seq, type, at, actor, data, hash } = row;
  const by = actor === null ? '' : `"actor":${JSON.stringify(actor)},`;
  return `{"hash":${JSON.stringify(hash)},"event":{${by}"at":${JSON.stringify(
    at,
  )},"data":${data},"seq":${seq},"type":${JSON.stringify(type)}}}\n`;
}

/** Evidence of each event that has some. */
export function evidenceOf(rows: JournalRow[]) {
  return rows.flatMap(row => {
    if (!row.data.includes('"evidence"')) {
      return [];
    }
    const { data, seq, at, actor } = fromRow(row);
    return data.evidence
      ? [{ seq, at, actor, stepId: data.stepId, evidence: data.evidence }]
      : [];
  });
}
