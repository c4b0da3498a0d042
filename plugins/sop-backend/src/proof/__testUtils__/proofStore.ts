import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  chainEvents,
  fromRow,
  generateSigner,
  JournalRow,
  NoteSigner,
  toRow,
} from '@handrail/journal';
import {
  PolicyRevision,
  SopPolicySpec,
  SopSpec,
} from '@handrail/plugin-sop-common';
import { LogWitness } from '@handrail/plugin-sop-node';
import { verifyBundle, readNotes, Report } from '@handrail/sop-verify';
import type { Knex } from 'knex';
import {
  act,
  createStore,
  databaseIds,
  start,
} from '../../database/__testUtils__/fixtures';
import { DatabaseRunStore } from '../../database/DatabaseRunStore';
import { policyHash } from '../../database/hashing';
import { Exporter } from '../Exporter';
import { LogKeeper } from '../LogKeeper';
import { LogVerifier } from '../LogVerifier';

export const SPEC: SopSpec = {
  type: 'test',
  owner: 'group:default/ops',
  lifecycle: 'effective',
  document: { number: 'SOP-7', revision: '2' },
  roles: {
    dev: { potentialOwners: ['group:default/developers'] },
    reviewer: { potentialOwners: ['group:default/reviewers'] },
  },
  steps: [
    {
      id: 'write',
      type: 'manual',
      name: 'Write it',
      role: 'dev',
      evidence: [{ id: 'rows', kind: 'number', required: true }],
    },
    {
      id: 'go',
      type: 'approval',
      name: 'Go',
      role: 'reviewer',
      excludedOwners: ['initiator', 'actor:write'],
    },
    { id: 'tell', type: 'manual', name: 'Tell', role: 'dev' },
  ],
};

/** A wording of a policy under its hash. */
export function policy(
  name: string,
  demands: Partial<SopPolicySpec>,
): PolicyRevision {
  const spec: SopPolicySpec = {
    owner: 'group:default/ops',
    targets: { kind: 'Component' },
    ...demands,
  };
  const ref = `soppolicy:default/${name}`;
  return { ref, hash: policyHash(spec), title: `Policy ${name}`, spec };
}

/** In force for every run of these tests. */
export const STRICT = policy('strict', {
  excludedOwners: ['user:default/cho'],
  requireReason: true,
});

/** Everything of the log with a clock that the test sets. */
export interface ProofSetup {
  knex: Knex;
  store: DatabaseRunStore;
  keeper: LogKeeper;
  exporter: Exporter;
  signer: NoteSigner;
  /** What the witness has seen, as its file would hold it. */
  seen: () => string;
  clock: { now: string };
  /** All findings of the portal about the log. */
  verifyLog: () => ReturnType<LogVerifier['verify']>;
  verifyRun: (runId: string, options?: object) => Promise<Report>;
  verifyPeriod: () => Promise<Report>;
}

export async function collect(
  chunks: AsyncIterable<Uint8Array>,
): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) {
    all.push(chunk);
  }
  return Buffer.concat(all);
}

export async function setUp(
  databases: TestDatabases,
  id: string,
): Promise<ProofSetup> {
  const { knex, store } = await createStore(
    databases,
    id as (typeof databaseIds)[number],
  );
  const signer = generateSigner('portal.example.com/sop');
  const clock = { now: store.now() };
  const notes: string[] = [];
  const witness: LogWitness = {
    name: 'witness',
    submit: async ({ note }) => {
      notes.push(note);
    },
    latest: async () => notes[notes.length - 1],
  };
  const keeper = new LogKeeper({
    knex,
    config: {
      origin: 'portal.example.com/sop',
      signers: [signer],
      every: 60_000,
      entries: 1000,
      witnesses: [],
    },
    witnesses: () => [witness],
    auditor: mockServices.auditor.mock({
      createEvent: async () => ({
        success: async () => {},
        fail: async () => {},
      }),
    }),
    logger: mockServices.logger.mock(),
    now: () => clock.now,
  });
  const exporter = new Exporter({
    knex,
    keeper,
    nameOf: async () => ref => ref.toUpperCase(),
  });
  const check = async (
    chunks: AsyncIterable<Uint8Array>,
    options: object = {},
  ) =>
    verifyBundle(await collect(chunks), {
      keys: [signer.vkey],
      witness: readNotes(notes.join('\n')),
      ...options,
    });
  return {
    knex,
    store,
    keeper,
    exporter,
    signer,
    clock,
    seen: () => notes.join('\n'),
    verifyLog: () =>
      new LogVerifier({
        db: knex,
        verifiers: [signer],
        witnesses: [witness],
        now: clock.now,
      }).verify(),
    verifyRun: (runId, options) => check(exporter.exportRun(runId), options),
    verifyPeriod: () =>
      check(
        exporter.exportPeriod(
          '2000-01-01T00:00:00.000Z',
          '2100-01-01T00:00:00.000Z',
        ),
      ),
  };
}

/** A run to its end. @returns its id */
export async function wholeRun(store: DatabaseRunStore): Promise<string> {
  const under = { policies: [STRICT] };
  await store.savePolicies(under.policies);
  const { runId } = await start(store, { spec: SPEC, ...under });
  const write = { type: 'complete', stepId: 'write' } as const;
  await act(store, runId, 'dev', { ...write, evidence: { rows: 3 } }, under);
  const go = { type: 'vote', stepId: 'go', decision: 'approve' } as const;
  await act(store, runId, 'ben', { ...go, reason: 'Looks good' }, under);
  const tell = { type: 'complete', stepId: 'tell' } as const;
  await act(store, runId, 'dev', tell, under);
  return runId;
}

/** What somebody with the rights of the database's owner can do. */
export async function dropGuards(knex: Knex): Promise<void> {
  const tables = [
    'run_event',
    ...['leaf', 'node', 'checkpoint', 'key'].map(name => `sop_log_${name}`),
  ];
  for (const table of tables) {
    if (knex.client.config.client === 'pg') {
      await knex.raw(`DROP TRIGGER ${table}_guard ON ${table}`);
    } else {
      for (const name of ['update', 'delete', 'insert']) {
        await knex.raw(`DROP TRIGGER ${table}_guard_${name}`);
      }
    }
  }
}

type Plain = Omit<ReturnType<typeof fromRow>, 'prevHash' | 'hash'>;

/** Writes a run's journal again with sound hashes, and its row to match. */
export async function rehash(
  knex: Knex,
  runId: string,
  change: (events: Plain[]) => Plain[],
): Promise<string[]> {
  const rows: JournalRow[] = await knex('run_event')
    .where('run_id', runId)
    .orderBy('seq');
  const events = change(
    rows.map(fromRow).map(({ prevHash: _p, hash: _h, ...event }) => event),
  ).map((event, i) => ({ ...event, seq: i + 1 }));
  const chained = chainEvents(rows[0].prev_hash, events);
  await knex('run_event').where('run_id', runId).delete();
  await knex('run_event').insert(
    chained.map(event => ({ run_id: runId, ...toRow(event) })),
  );
  const last = chained[chained.length - 1];
  await knex('run')
    .where('run_id', runId)
    .update({ version: last.seq, head: last.hash });
  return chained.map(event => event.hash);
}
