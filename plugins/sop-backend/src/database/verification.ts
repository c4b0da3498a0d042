import { KnexJournal } from '@handrail/journal';
import { RunState, SopSpec, Verification } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { checkRunInLog, deletedRun } from '../proof/checkRun';
import { isPostgres } from './dialect';
import { revisionHash, runGenesis } from './hashing';
import { findWrongPolicy } from './policyVerification';
import { project } from './projections';
import { runNotFound, readJournalRows } from './RunReader';
import { DbRevision, DbRun, toRunRow } from './rows';
import { RunRow } from './RunStore';
import { fold, toRunEvents } from './transition';

const journal = KnexJournal.create({
  table: 'run_event',
  subjectColumn: 'run_id',
});

type Verdict = Omit<Verification, 'checkedAt'>;

function bad(
  reason: string,
  message: string,
  more: Partial<Verdict> = {},
): Verdict {
  return { ok: false, events: 0, reason, message, ...more };
}

/** The pinned procedure must still be what the run's journal names. */
function checkRevision(
  row: DbRun,
  revision: DbRevision | undefined,
): Verdict | undefined {
  if (!revision) {
    return bad(
      'revision-missing',
      `The revision ${row.revision_hash} that the run refers to is not there`,
    );
  }
  let found: string;
  try {
    found = revisionHash(JSON.parse(revision.spec));
  } catch {
    found = 'not JSON';
  }
  return found === row.revision_hash
    ? undefined
    : bad(
        'revision-edited',
        'The stored procedure is not the one the run was started with',
        { seq: 1, expected: row.revision_hash, found },
      );
}

/** What the row says must be what the journal says. */
function checkRow(
  row: RunRow,
  state: RunState,
  spec: SopSpec,
): Verdict | undefined {
  const { run } = project(undefined, state, spec, []);
  const expected: Partial<Record<keyof RunRow, unknown>> = {
    version: state.seq,
    status: state.status,
    title: state.title,
    sopRef: state.sopRef,
    revisionHash: state.revisionHash,
    initiator: state.initiator,
    targetRef: state.target?.entityRef,
    startedAt: state.startedAt,
    updatedAt: state.updatedAt,
    closedAt: state.closedAt,
    done: run.done,
    total: run.total,
  };
  for (const [field, value] of Object.entries(expected)) {
    const found = row[field as keyof RunRow];
    if (found !== value) {
      return bad(
        'projection-differs',
        `The run's row says ${field} is ${String(
          found,
        )}; its journal says ${String(value)}`,
        { expected: String(value), found: String(found) },
      );
    }
  }
  return undefined;
}

async function check(db: Knex, runId: string): Promise<Verdict> {
  const row = await db<DbRun>('run').where('run_id', runId).first();
  if (!row) {
    const deleted = await deletedRun(db, runId);
    if (deleted) {
      return { ok: false, events: 0, ...deleted };
    }
    throw runNotFound(runId);
  }
  const genesis = runGenesis({
    runId,
    revisionHash: row.revision_hash,
    engineVersion: row.engine_version,
    sopRef: row.sop_ref,
  });
  const chain = await journal.verify(db, runId, genesis, {
    seq: row.version,
    hash: row.head,
    final: true,
  });
  if (!chain.ok) {
    const { ok: _, ...failure } = chain;
    return { ok: false, events: failure.seq - 1, ...failure };
  }
  const wrongLog = await checkRunInLog(db, runId);
  if (wrongLog) {
    return { ok: false, events: (wrongLog.seq ?? 1) - 1, ...wrongLog };
  }
  const revision = await db<DbRevision>('sop_revision')
    .where('hash', row.revision_hash)
    .first();
  const wrongRevision = checkRevision(row, revision);
  if (wrongRevision || !revision) {
    return { ...(wrongRevision as Verdict), events: chain.events };
  }
  const rows = await readJournalRows(db, runId, { after: 0 });
  const events = toRunEvents(rows);
  const wrongPolicy = await findWrongPolicy(db, events);
  if (wrongPolicy) {
    const { hash, reason, message, ...where } = wrongPolicy;
    return bad(reason, message, {
      ...where,
      events: wrongPolicy.seq - 1,
      expected: hash,
    });
  }
  let state: RunState;
  try {
    state = fold(undefined, events);
  } catch (error) {
    return bad(
      'replay-failed',
      `The journal cannot be replayed: ${(error as Error).message}`,
      { events: chain.events },
    );
  }
  const wrongRow =
    row.genesis === genesis
      ? checkRow(toRunRow(row), state, JSON.parse(revision.spec))
      : bad('wrong-genesis', "The run's row names another genesis", {
          expected: genesis,
          found: row.genesis,
        });
  if (wrongRow) {
    return { ...wrongRow, events: chain.events };
  }
  return {
    ok: true,
    events: chain.events,
    head: chain.head.hash,
    message: `All ${chain.events} events are as they were written`,
  };
}

/**
 * Checks a run against everything the database holds about it at one moment.
 * Nothing comes from memory.
 * @throws NotFoundError
 */
export async function verifyRun(knex: Knex, runId: string): Promise<Verdict> {
  return knex.transaction(
    tx => check(tx, runId),
    isPostgres(knex)
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : undefined,
  );
}
