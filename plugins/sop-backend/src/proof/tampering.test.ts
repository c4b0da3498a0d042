import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSigner, signCheckpoint } from '@handrail/journal';
import type { Knex } from 'knex';
import { databaseIds } from '../database/__testUtils__/fixtures';
import { revisionHash } from '../database/hashing';
import { sopLog } from './LogKeeper';
import {
  dropGuards,
  policy,
  ProofSetup,
  rehash,
  setUp,
  SPEC,
  wholeRun,
} from './__testUtils__/proofStore';

jest.setTimeout(300_000);

const TABLES = [
  'sop_revision',
  'sop_policy',
  'run',
  'run_event',
  'outbox',
  'sop_log_leaf',
  'sop_log_node',
  'sop_log_checkpoint',
  'sop_log_key',
  'sop_log_head',
];

/** The witness remembers what was there before the database was put back. */
const alone = { witness: [] };

type Backup = Record<string, object[]>;

async function backUp(knex: Knex): Promise<Backup> {
  const backup: Backup = {};
  for (const table of TABLES) {
    backup[table] = await knex(table);
  }
  return backup;
}

async function restore(knex: Knex, backup: Backup): Promise<void> {
  for (const table of [...TABLES].reverse()) {
    await knex(table).delete();
  }
  for (const table of TABLES) {
    for (let i = 0; i < backup[table].length; i += 50) {
      await knex(table).insert(backup[table].slice(i, i + 50));
    }
  }
}

interface Case {
  name: string;
  tamper: (setup: ProofSetup, runId: string, old: Backup) => Promise<unknown>;
  /** What the portal finds in the run, or in the whole log. */
  portal: { reason: string; seq?: number };
  verifier: { rule: string; seq?: number };
}

const event = (knex: Knex, runId: string, seq: number) =>
  knex('run_event').where({ run_id: runId, seq });

const earlier = (at: string) =>
  new Date(Date.parse(at) - 86_400_000).toISOString();

/** A whole log of one's own, signed by a key of one's own. */
async function forge({ knex }: ProofSetup, runId: string): Promise<void> {
  const hashes = await rehash(knex, runId, events =>
    events.map(one =>
      one.type === 'vote.cast' ? { ...one, actor: 'user:default/eve' } : one,
    ),
  );
  for (const [i, hash] of hashes.entries()) {
    await knex('sop_log_leaf')
      .where({ subject: runId, seq: i + 1 })
      .update({ hash });
  }
  const size = await sopLog.size(knex);
  const eve = generateSigner('portal.example.com/sop');
  const note = signCheckpoint(
    {
      origin: 'portal.example.com/sop',
      size,
      root: await sopLog.root(knex, size),
      at: '2026-11-02T09:00:00.000Z',
    },
    [eve],
  );
  await knex('sop_log_checkpoint').delete();
  await knex('sop_log_checkpoint').insert({
    size,
    at: '2026-11-02T09:00:00.000Z',
    note,
  });
}

const CASES: Case[] = [
  {
    name: 'an edited event',
    tamper: ({ knex }, runId) =>
      event(knex, runId, 5).update({ actor: 'user:default/eve' }),
    portal: { reason: 'edited', seq: 5 },
    verifier: { rule: 'edited', seq: 5 },
  },
  {
    name: 'an event taken out of the middle',
    tamper: ({ knex }, runId) => event(knex, runId, 4).delete(),
    portal: { reason: 'missing', seq: 4 },
    verifier: { rule: 'missing', seq: 4 },
  },
  {
    name: 'an event taken out of the middle, hashed again',
    tamper: ({ knex }, runId) =>
      rehash(knex, runId, events => events.filter(one => one.seq !== 4)),
    portal: { reason: 'rewritten', seq: 4 },
    verifier: { rule: 'rewritten', seq: 4 },
  },
  {
    name: 'the end cut off, with the row to match',
    tamper: ({ knex }, runId) =>
      rehash(knex, runId, events => events.slice(0, 6)),
    portal: { reason: 'truncated', seq: 7 },
    verifier: { rule: 'truncated', seq: 7 },
  },
  {
    name: 'two events exchanged',
    tamper: async ({ knex }, runId) => {
      await event(knex, runId, 3).update({ seq: 99 });
      await event(knex, runId, 4).update({ seq: 3 });
      await event(knex, runId, 99).update({ seq: 4 });
    },
    portal: { reason: 'renumbered', seq: 3 },
    verifier: { rule: 'edited', seq: 3 },
  },
  {
    name: 'an event put in, hashed again',
    tamper: ({ knex }, runId) =>
      rehash(knex, runId, events => [
        ...events.slice(0, 4),
        { ...events[4], data: { ...events[4].data, reason: 'Again' } },
        ...events.slice(4),
      ]),
    portal: { reason: 'rewritten', seq: 5 },
    verifier: { rule: 'rewritten', seq: 5 },
  },
  {
    name: 'an event backdated, hashed again',
    tamper: ({ knex }, runId) =>
      rehash(knex, runId, events =>
        events.map(one =>
          one.seq === 3 ? { ...one, at: earlier(one.at) } : one,
        ),
      ),
    portal: { reason: 'rewritten', seq: 3 },
    verifier: { rule: 'rewritten', seq: 3 },
  },
  {
    name: 'other evidence, hashed again',
    tamper: ({ knex }, runId) =>
      rehash(knex, runId, events =>
        events.map(one =>
          one.data.evidence
            ? { ...one, data: { ...one.data, evidence: { rows: 4 } } }
            : one,
        ),
      ),
    portal: { reason: 'rewritten', seq: 3 },
    verifier: { rule: 'rewritten', seq: 3 },
  },
  {
    name: 'another procedure under the same hash',
    tamper: ({ knex }) =>
      knex('sop_revision').update({
        spec: knex.raw("replace(spec, 'reviewers', 'everybody')"),
      }),
    portal: { reason: 'revision-edited', seq: 1 },
    verifier: { rule: 'revision', seq: 1 },
  },
  {
    name: 'another procedure under its own hash',
    tamper: async ({ knex }, runId) => {
      const spec = { ...SPEC, owner: 'group:default/eve' };
      const [revision] = await knex('sop_revision');
      const hash = revisionHash(spec);
      await knex('sop_revision').insert({
        ...revision,
        hash,
        spec: JSON.stringify(spec),
      });
      await knex('run').where('run_id', runId).update({ revision_hash: hash });
    },
    portal: { reason: 'wrong-genesis', seq: 1 },
    verifier: { rule: 'edited', seq: 1 },
  },
  {
    name: 'a policy that demands less under the same hash',
    tamper: ({ knex }) =>
      knex('sop_policy').update({
        spec: knex.raw("replace(spec, 'cho', 'nobody')"),
      }),
    portal: { reason: 'policy-edited', seq: 1 },
    verifier: { rule: 'policy', seq: 1 },
  },
  {
    name: 'a policy taken away',
    tamper: ({ knex }) => knex('sop_policy').delete(),
    portal: { reason: 'policy-missing', seq: 1 },
    verifier: { rule: 'policy-missing', seq: 1 },
  },
  {
    name: 'a policy swapped for one that demands less, hashed again',
    tamper: async ({ knex, store }, runId) => {
      const lax = policy('lax', { requireReason: true });
      await store.savePolicies([lax]);
      await rehash(knex, runId, events =>
        events.map(one =>
          one.data.policies
            ? { ...one, data: { ...one.data, policies: [lax.hash] } }
            : one,
        ),
      );
    },
    portal: { reason: 'rewritten', seq: 1 },
    verifier: { rule: 'rewritten', seq: 1 },
  },
  {
    name: 'a run deleted',
    tamper: async ({ knex }, runId) => {
      await knex('run_event').where('run_id', runId).delete();
      await knex('run').where('run_id', runId).delete();
    },
    portal: { reason: 'run-deleted', seq: 1 },
    verifier: { rule: 'run-missing', seq: 1 },
  },
];

describe('tampering by the owner of the database', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  describe.each(databases.eachSupportedId())('on %p', id => {
    let setup: ProofSetup;
    let runId: string;
    let old: Backup;
    let clean: Backup;

    beforeAll(async () => {
      setup = await setUp(databases, id);
      await dropGuards(setup.knex);
      await wholeRun(setup.store);
      await setup.keeper.keep({ force: true });
      old = await backUp(setup.knex);
      runId = await wholeRun(setup.store);
      await wholeRun(setup.store);
      await setup.keeper.keep({ force: true });
      clean = await backUp(setup.knex);
    });

    afterEach(() => restore(setup.knex, clean));

    it('is not seen where there is none', async () => {
      expect(await setup.store.verify(runId)).toMatchObject({ ok: true });
      expect((await setup.verifyLog()).findings).toEqual([]);
      const report = await setup.verifyRun(runId);
      expect(report).toMatchObject({ ok: true, runs: 1, findings: [] });
      expect(report.log.trusted).toBe(true);
      expect(await setup.verifyPeriod()).toMatchObject({
        ok: true,
        runs: 3,
        population: { started: 3 },
      });
    });

    it.each(CASES)('$name', async ({ tamper, portal, verifier }) => {
      await tamper(setup, runId, old);
      expect(await setup.store.verify(runId)).toMatchObject({
        ok: false,
        ...portal,
      });
      const report = await setup.verifyRun(runId);
      expect(report.ok).toBe(false);
      expect(report.findings[0]).toMatchObject(verifier);
      expect((await setup.verifyPeriod()).ok).toBe(false);
    });

    it('a run deleted, by the period as well', async () => {
      await setup.knex('run_event').where('run_id', runId).delete();
      await setup.knex('run').where('run_id', runId).delete();
      expect((await setup.verifyLog()).findings).toEqual([
        expect.objectContaining({ reason: 'run-deleted', runId, seq: 1 }),
      ]);
      const report = await setup.verifyPeriod();
      expect(report.findings).toEqual([
        expect.objectContaining({ rule: 'population', runId, seq: 1 }),
      ]);
    });

    it('a run deleted, its entries of the log too', async () => {
      const { knex } = setup;
      const [first] = await sopLog.leavesOf(knex, runId);
      await knex('run_event').where('run_id', runId).delete();
      await knex('run').where('run_id', runId).delete();
      await knex('sop_log_leaf').where('subject', runId).delete();
      expect((await setup.verifyLog()).findings).toContainEqual(
        expect.objectContaining({ reason: 'leaf-missing', index: first.idx }),
      );
    });

    it('an old backup put back', async () => {
      await restore(setup.knex, old);
      const size = await sopLog.size(setup.knex);
      expect((await setup.verifyLog()).findings).toEqual([
        expect.objectContaining({ reason: 'backup-restored', index: size }),
      ]);
      expect((await setup.verifyPeriod()).findings).toContainEqual(
        expect.objectContaining({ rule: 'rolled-back', index: size }),
      );
    });

    it('everything hashed again, the log too, and signed by another key', async () => {
      await forge(setup, runId);
      const reasons = (await setup.verifyLog()).findings.map(one => one.reason);
      expect(reasons).toContain('checkpoint-signature');
      expect(reasons).toContain('log-rewritten');
      const report = await setup.verifyRun(runId);
      const rules = report.findings.map(one => one.rule);
      expect(rules).toContain('signature');
      expect(rules).toContain('rewritten');
      // Even who believes the key in the bundle is told by the witness, and by
      // the rules of the procedure.
      const trusting = await setup.verifyRun(runId, { keys: [] });
      expect(trusting.ok).toBe(false);
    });

    it('events hidden from the log', async () => {
      const { knex, store, clock } = setup;
      const hidden = await wholeRun(store);
      await knex('outbox').where('run_id', hidden).delete();
      clock.now = new Date(Date.parse(clock.now) + 3_600_000).toISOString();
      await setup.keeper.keep({ force: true });
      expect((await setup.verifyLog()).findings).toEqual([
        expect.objectContaining({
          reason: 'not-logged',
          runId: hidden,
          seq: 1,
        }),
      ]);
    });

    it('a portal that did not keep to a policy, which its own log proves', async () => {
      const { knex, store, keeper } = setup;
      const lenient = await wholeRun(store);
      await rehash(knex, lenient, events =>
        events.map(one =>
          one.type === 'vote.cast'
            ? { ...one, actor: 'user:default/cho' }
            : one,
        ),
      );
      await keeper.keep({ force: true });
      expect((await setup.verifyRun(lenient, alone)).findings).toEqual([
        expect.objectContaining({ rule: 'four-eyes', runId: lenient, seq: 5 }),
      ]);
    });

    it('a policy left out of the journal where the step begins under it', async () => {
      const { knex, store, keeper } = setup;
      const forgetful = await wholeRun(store);
      await rehash(knex, forgetful, events =>
        events.map(({ data: { policies, ...data }, ...one }) => ({
          ...one,
          data:
            policies && one.type !== 'step.started'
              ? { ...data, policies }
              : data,
        })),
      );
      await keeper.keep({ force: true });
      expect((await setup.verifyRun(forgetful, alone)).findings).toEqual([
        expect.objectContaining({ rule: 'content', seq: 4 }),
      ]);
    });
  });
});
