import { Waiting } from '@handrail/plugin-sop-common';
import { toIso } from './dialect';
import { Revision, RunRow } from './RunStore';

type Instant = Date | string;

/** The table `run`, as far as it is read. */
export interface DbRun {
  run_id: string;
  start_key: string;
  sop_ref: string;
  sop_title: string;
  revision_hash: string;
  engine_version: number;
  genesis: string;
  version: number;
  head: string;
  title: string;
  status: RunRow['status'];
  target_ref: string | null;
  target_owner: string | null;
  initiator: string;
  started_at: Instant;
  mode: 'rehearsal' | null;
  updated_at: Instant;
  closed_at: Instant | null;
  done: number;
  total: number;
  waiting: string;
  glass_broken: number;
  glass_open: number;
}

/** The table `sop_revision`. */
export interface DbRevision {
  hash: string;
  sop_ref: string;
  title: string;
  number: string | null;
  label: string | null;
  owner: string | null;
  spec: string;
  created_at: Instant;
}

export function toRunRow(row: DbRun): RunRow {
  return {
    runId: row.run_id,
    sopRef: row.sop_ref,
    sopTitle: row.sop_title,
    revisionHash: row.revision_hash,
    title: row.title,
    status: row.status,
    targetRef: row.target_ref ?? undefined,
    initiator: row.initiator,
    startedAt: toIso(row.started_at),
    mode: row.mode ?? undefined,
    updatedAt: toIso(row.updated_at),
    closedAt: toIso(row.closed_at),
    done: row.done,
    total: row.total,
    waiting: JSON.parse(row.waiting) as Waiting[],
    ...(row.glass_broken
      ? { glass: { broken: row.glass_broken, openReviews: row.glass_open } }
      : {}),
    version: row.version,
    head: row.head,
    genesis: row.genesis,
  };
}

export function toRevision(row: DbRevision): Revision {
  return {
    hash: row.hash,
    sopRef: row.sop_ref,
    title: row.title,
    number: row.number ?? undefined,
    label: row.label ?? undefined,
    spec: JSON.parse(row.spec),
    createdAt: toIso(row.created_at),
  };
}
