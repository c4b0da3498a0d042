import { TestDatabases } from '@backstage/backend-test-utils';
import { Harness, startHarness, tour, user } from './__testUtils__/harness';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('milestones, %s', id => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness({
      knex: await databases.init(id),
      entities: [tour('look')],
    });
  });

  afterEach(() => harness.stop());

  const at = (hours: number) =>
    new Date(Date.now() + hours * HOUR).toISOString();

  async function milestonesOf(name: string) {
    const { milestones } = (await harness.as(name).get('/me')).body;
    return Object.fromEntries(
      milestones.map(
        (one: { kind: string; at?: string; evidence?: string }) => [
          one.kind,
          one.evidence,
        ],
      ),
    );
  }

  it('records a template run by its event, once and with its proof', async () => {
    const endedAt = at(1);
    harness.tasks.push(
      {
        id: 't-1',
        status: 'completed',
        createdBy: user('ana'),
        createdAt: at(0),
        endedAt,
      },
      { id: 't-2', status: 'failed', createdBy: user('ben'), createdAt: at(0) },
      { id: 't-3', status: 'completed', createdAt: at(0), endedAt },
    );
    for (const taskId of ['t-1', 't-1', 't-2', 't-3', 'gone']) {
      await harness.publish('scaffolder.task', {
        id: taskId,
        status: 'completed',
      });
    }
    expect(await milestonesOf('ana')).toMatchObject({
      'first-template-run': 't-1',
    });
    const { milestones } = (await harness.as('ana').get('/me')).body;
    expect(milestones[1].at).toBe(endedAt);
    expect((await milestonesOf('ben'))['first-template-run']).toBeUndefined();
  });

  it('does not believe an event that the scaffolder does not confirm', async () => {
    harness.tasks.push({
      id: 't-1',
      status: 'processing',
      createdBy: user('ana'),
      createdAt: at(0),
    });
    await harness.publish('scaffolder.task', {
      id: 't-1',
      status: 'completed',
      createdBy: user('ana'),
    });
    expect((await milestonesOf('ana'))['first-template-run']).toBeUndefined();
  });

  it('catches up with what no event told of, and keeps the first', async () => {
    for (let n = 250; n > 0; n--) {
      harness.tasks.push({
        id: `t-${n}`,
        status: 'completed',
        createdBy: user(n % 2 ? 'ana' : 'ben'),
        createdAt: at(n),
        endedAt: at(n + 0.5),
      });
    }
    harness.sop.runs.push(
      {
        runId: 'r-2',
        status: 'completed',
        initiator: user('ana'),
        closedAt: at(9),
        waiting: [],
      },
      {
        runId: 'r-1',
        status: 'completed',
        initiator: user('ana'),
        closedAt: at(3),
        waiting: [],
      },
      {
        runId: 'r-0',
        status: 'cancelled',
        initiator: user('ana'),
        closedAt: at(1),
        waiting: [],
      },
      {
        runId: 'r-3',
        status: 'completed',
        initiator: 'service:external:x',
        closedAt: at(1),
        waiting: [],
      },
    );
    await harness.catchUp();
    await harness.catchUp();
    expect(await milestonesOf('ana')).toMatchObject({
      'first-template-run': 't-1',
      'first-sop-run': 'r-1',
    });
    expect((await milestonesOf('ben'))['first-template-run']).toBe('t-2');
  });

  it('catches up with the one source when the other is away', async () => {
    harness.sop.refuse = new Error('away');
    harness.tasks.push({
      id: 't-1',
      status: 'completed',
      createdBy: user('ana'),
      createdAt: at(0),
      endedAt: at(1),
    });
    await harness.catchUp().catch(() => undefined);
    expect((await milestonesOf('ana'))['first-template-run']).toBe('t-1');
  });

  it('records the end of a run by its event', async () => {
    harness.sop.runs.push({
      runId: 'r-1',
      status: 'completed',
      initiator: user('ana'),
      closedAt: at(1),
    });
    await harness.publish('sop.run', {
      type: 'dev.handrail.sop.run.completed.v1',
      data: { runId: 'r-1' },
    });
    await harness.publish('sop.run', {
      type: 'dev.handrail.sop.run.completed.v1',
      data: {},
    });
    expect((await milestonesOf('ana'))['first-sop-run']).toBe('r-1');
  });

  it('shows the distribution from five people on, with those not there yet', async () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      await harness.as(name).get('/me');
    }
    harness.tasks.push({
      id: 't-a',
      status: 'completed',
      createdBy: user('a'),
      createdAt: at(1),
      endedAt: at(2),
    });
    await harness.catchUp();
    const few = (await harness.as('a').get('/time-to-first-template-run')).body;
    expect(few).toEqual({
      minimum: 5,
      own: { reached: true, hours: expect.closeTo(2, 1) },
    });
    // Asking is a first sign-in as well: now they are five.
    const enough = (await harness.as('e').get('/time-to-first-template-run'))
      .body;
    expect(enough.own).toEqual({ reached: false, hours: expect.closeTo(0, 1) });
    expect(enough.distribution).toMatchObject({ n: 5, censored: 4 });
    expect(JSON.stringify(enough)).not.toContain('user:');
    harness.tasks.push(
      {
        id: 't-b',
        status: 'completed',
        createdBy: user('b'),
        createdAt: at(1),
        endedAt: at(30),
      },
      {
        id: 't-c',
        status: 'completed',
        createdBy: user('c'),
        createdAt: at(-9),
        endedAt: at(-8),
      },
    );
    await harness.catchUp();
    const later = (await harness.as('e').get('/time-to-first-template-run'))
      .body;
    // What c did came before the first recorded sign-in: c tells nothing.
    expect(later.distribution).toBeUndefined();
    await harness.as('f').get('/me');
    const again = (await harness.as('e').get('/time-to-first-template-run'))
      .body;
    expect(again.distribution).toMatchObject({ n: 5, censored: 3 });
    expect(
      again.distribution.bins
        .filter((bin: { reached: number }) => bin.reached > 0)
        .map((bin: { fromHours: number }) => bin.fromHours),
    ).toEqual([1, 24]);
  });
});
