import { TestDatabases } from '@backstage/backend-test-utils';
import {
  Random,
  randomPlay,
  randomPolicies,
  randomSpec,
} from '@handrail/plugin-sop-common/testUtils';
import { databaseIds } from '../database/__testUtils__/fixtures';
import { policyHash } from '../database/hashing';
import { ProofSetup, setUp } from './__testUtils__/proofStore';

const RUNS = process.env.HANDRAIL_FULL ? 10_000 : 100;
/** Runs in one log and one bundle; more than have a printed summary each. */
const BATCH = 1000;

jest.setTimeout(process.env.HANDRAIL_FULL ? 7_200_000 : 120_000);

/** As the catalog and the journal would hold it. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** A run at random, kept with everything it rests on. @returns types of events */
async function keepRun(
  { store }: ProofSetup,
  random: Random,
  runId: string,
): Promise<string[]> {
  const sopRef = 'sop:default/test';
  const spec = stored(randomSpec(random));
  const policies = random.chance(0.5) ? randomPolicies(random, policyHash) : [];
  const { hash } = await store.saveRevision({
    sopRef,
    title: 'Test',
    spec,
    number: 'SOP-1',
    label: '1',
  });
  await store.savePolicies(policies);
  const names = { runId, revisionHash: hash };
  const { events } = randomPlay(random, spec, policies, names);
  await store.startRun({
    runId,
    startKey: runId,
    sopRef,
    sopTitle: 'Test',
    revisionHash: hash,
    events: stored(events),
  });
  return events.map(({ type }) => type);
}

describe('a run that kept to all rules', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  it.each(databases.eachSupportedId())(
    'raises no alarm, in the portal or outside of it, on %p',
    async id => {
      const types = new Set<string>();
      let verified = 0;
      for (let first = 0; first < RUNS; first += BATCH) {
        const setup = await setUp(databases, id);
        const count = Math.min(BATCH, RUNS - first);
        for (let i = 0; i < count; i++) {
          const random = new Random(first + i);
          const runId = `run-${first + i}`;
          (await keepRun(setup, random, runId)).forEach(one => types.add(one));
        }
        await setup.keeper.keep({ force: true });
        expect((await setup.verifyLog()).findings).toEqual([]);
        const report = await setup.verifyPeriod();
        expect(report.findings).toEqual([]);
        expect(report).toMatchObject({
          ok: true,
          runs: count,
          population: { started: count },
        });
        verified += report.runs;
        for (const one of [0, Math.floor(count / 2)]) {
          const runId = `run-${first + one}`;
          expect(await setup.store.verify(runId)).toMatchObject({ ok: true });
          expect(await setup.verifyRun(runId)).toMatchObject({ ok: true });
        }
      }
      expect(verified).toBe(RUNS);
      expect([...types]).toEqual(
        expect.arrayContaining(['step.blocked', 'guard.measured']),
      );
    },
  );
});
