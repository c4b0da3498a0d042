import { TestDatabases } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { OccurrenceView } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { databaseIds } from '../database/__testUtils__/fixtures';
import {
  createWorld,
  credentials,
  lead,
  put,
  Replica,
  scheduled,
  service,
  World,
} from './__testUtils__/world';

jest.setTimeout(120_000);

const SOP = 'sop:default/review';
const databases = TestDatabases.create({ ids: [...databaseIds] });

describe.each(databases.eachSupportedId())('schedules on %p', id => {
  let world: World;
  let replica: Replica;

  async function begin(...entities: Parameters<typeof put>[1][]) {
    world = createWorld(await databases.init(id), entities);
    replica = await world.replica();
    await replica.worker.plan();
  }

  async function at(instant: string, ...others: Replica[]) {
    world.now = instant;
    await Promise.all([replica, ...others].map(({ worker }) => worker.wake()));
  }

  /** Oldest first. */
  async function list(): Promise<OccurrenceView[]> {
    const page = await replica.schedules.listOccurrences(
      { sopRef: SOP, limit: 200 },
      { credentials },
    );
    return page.items.reverse();
  }

  const states = async () =>
    (await list()).map(({ occursAt, state }) => `${occursAt} ${state}`);

  async function close(runId: string | undefined) {
    await replica.service.executeCommand(
      {
        runId: runId as string,
        commandId: `cancel ${runId}`,
        command: { type: 'cancel', reason: 'The test is over' },
      },
      { credentials: lead },
    );
  }
  it('starts a run at its time, once, in the name of the schedule', async () => {
    await begin(scheduled());
    await at('2026-11-30T08:59:59.999Z');
    expect(await list()).toEqual([]);
    await at('2026-11-30T09:00:00.000Z');
    await at('2026-11-30T09:00:05.000Z');
    const [one, ...rest] = await list();
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      sopRef: SOP,
      occursAt: '2026-11-30T09:00:00.000Z',
      state: 'started',
      late: false,
      lateBySeconds: 0,
      runStatus: 'running',
    });
    const run = await replica.service.getRun(
      { runId: one.runId as string },
      { credentials },
    );
    expect(run).toMatchObject({ sopRef: SOP, initiator: 'service:schedule' });
    expect(
      await replica.schedules.getSchedule({ sopRef: SOP }, { credentials }),
    ).toMatchObject({
      rrule: 'FREQ=DAILY;BYHOUR=9',
      overlap: 'skip',
      catchUp: 'PT1H',
      upcoming: expect.arrayContaining(['2026-12-01T09:00:00.000Z']),
    });
  });

  it('starts one run per target, with the inputs of the schedule', async () => {
    await begin(
      scheduled(
        { inputs: { quarter: 'Q4' } },
        {
          appliesTo: { kind: 'Component' },
          inputs: {
            type: 'object',
            required: ['quarter'],
            properties: { quarter: { type: 'string' } },
          },
        },
      ),
      service('shop'),
      service('pay'),
      { ...service('docs'), kind: 'API' },
    );
    await at('2026-11-30T09:00:00.000Z');
    const found = await list();
    expect(found.map(({ targetRef, state }) => [targetRef, state])).toEqual([
      ['component:default/pay', 'started'],
      ['component:default/shop', 'started'],
    ]);
    const run = await replica.service.getRun(
      { runId: found[0].runId as string },
      { credentials },
    );
    expect(run.inputs).toEqual({ quarter: 'Q4' });
  });

  it('takes predicates and refs as targets', async () => {
    await begin(
      scheduled(
        { targets: { 'metadata.name': 'pay' } },
        { appliesTo: { kind: 'Component' } },
      ),
      service('shop'),
      service('pay'),
    );
    await at('2026-11-30T09:00:00.000Z');
    world.now = '2026-12-01T08:59:00.000Z';
    put(
      world,
      scheduled({
        targets: ['component:default/shop', 'component:default/no'],
      }),
    );
    await replica.worker.plan();
    await at('2026-12-01T09:00:00.000Z');
    expect(
      (await list()).map(({ targetRef, state, reason }) => [
        targetRef,
        state,
        reason,
      ]),
    ).toEqual([
      ['component:default/pay', 'started', undefined],
      [
        'component:default/no',
        'failed',
        'There is no entity "component:default/no", or you may not see it',
      ],
      ['component:default/shop', 'started', undefined],
    ]);
  });

  it('skips, queues or allows while the run before is open', async () => {
    const days = ['30', '01', '02'].map(
      day => `2026-1${day === '30' ? '1' : '2'}-${day}T09:00:00.000Z`,
    );
    await begin(scheduled({ overlap: 'skip' }));
    await at(days[0]);
    await at(days[1]);
    const [first, second] = await list();
    expect(second).toMatchObject({
      state: 'skipped',
      reason: `Run ${first.runId} of the occurrence before was still open.`,
    });
    await close(first.runId);
    await at(days[2]);
    expect((await list())[2].state).toBe('started');

    await begin(scheduled({ overlap: 'queue' }));
    await at(days[0]);
    await at(days[1]);
    await at(days[2]);
    const queued = await list();
    expect(queued.map(one => one.state)).toEqual([
      'started',
      'waiting',
      'skipped',
    ]);
    expect(queued[1].reason).toContain(`when run ${queued[0].runId}`);
    await close(queued[0].runId);
    await at('2026-12-02T09:30:00.000Z');
    expect((await list())[1]).toMatchObject({
      state: 'started',
      late: true,
      lateBySeconds: 24.5 * 3600,
    });

    await begin(scheduled({ overlap: 'allow' }));
    await at(days[0]);
    await at(days[1]);
    expect((await list()).map(one => one.state)).toEqual([
      'started',
      'started',
    ]);
  });

  it('catches up within bounds and records what was missed', async () => {
    await begin(scheduled({ overlap: 'allow', catchUp: 'PT2H' }));
    // Nobody was there for three days and two hours.
    await at('2026-12-03T11:00:00.000Z');
    expect(await states()).toEqual([
      '2026-11-30T09:00:00.000Z missed',
      '2026-12-01T09:00:00.000Z missed',
      '2026-12-02T09:00:00.000Z missed',
      '2026-12-03T09:00:00.000Z started',
    ]);
    expect((await list())[3]).toMatchObject({
      late: true,
      lateBySeconds: 7200,
    });
    expect((await list())[0].reason).toContain('within PT2H');
    await at('2026-12-04T11:00:00.001Z');
    expect((await list())[4].state).toBe('missed');
  });

  it('keeps the latest of many missed, and says how many there were', async () => {
    await begin(
      scheduled({
        rrule: 'FREQ=HOURLY',
        catchUp: 'PT30M',
      }),
    );
    await at('2026-12-10T08:45:00.000Z');
    const found = await list();
    expect(found).toHaveLength(100);
    expect(found[99].occursAt).toBe('2026-12-10T08:00:00.000Z');
    expect(found[0].reason).toContain('So it was with 140 occurrences before');
  });

  it('is one run per occurrence for replicas that race', async () => {
    const targets = Array.from({ length: 20 }, (_, i) => service(`s${i}`));
    await begin(
      scheduled({ overlap: 'allow' }, { appliesTo: { kind: 'Component' } }),
      ...targets,
    );
    const others = [await world.replica(), await world.replica()];
    for (const day of ['11-30', '12-01', '12-02']) {
      await at(`2026-${day}T09:00:00.000Z`, ...others);
    }
    const found = await list();
    expect(found).toHaveLength(60);
    expect(new Set(found.map(({ runId }) => runId)).size).toBe(60);
    const { items } = await replica.store.listRuns(
      { sopRef: SOP },
      { limit: 200 },
    );
    expect(items).toHaveLength(60);
  });

  it('goes on where a replica was when it was killed', async () => {
    await begin(
      scheduled({}, { appliesTo: { kind: 'Component' } }),
      service('a'),
    );
    // Everything was done but for the note that it was.
    const { knex } = replica.store as unknown as { knex: Knex };
    await at('2026-11-30T09:00:00.000Z');
    const [{ runId }] = await list();
    await knex('schedule_occurrence').update({
      state: 'due',
      run_id: null,
      settled_at: null,
      try_at: '2026-11-30T09:01:00.000Z',
    });
    const next = await world.replica();
    world.now = '2026-11-30T09:00:30.000Z';
    await next.worker.wake();
    expect((await list())[0].state).toBe('due');
    world.now = '2026-11-30T09:01:00.000Z';
    await next.worker.wake();
    expect((await list())[0]).toMatchObject({ state: 'started', runId });
    const { items } = await replica.store.listRuns({ sopRef: SOP }, {});
    expect(items).toHaveLength(1);
  });

  it('tries again after an outage, and gives up after the catch-up', async () => {
    await begin(scheduled({ catchUp: 'PT10M' }));
    world.outage = new ServiceUnavailableError('The catalog is away');
    await at('2026-11-30T09:00:00.000Z');
    expect((await list())[0]).toMatchObject({
      state: 'due',
      reason: 'The catalog is away',
    });
    world.outage = undefined;
    await at('2026-11-30T09:00:02.000Z');
    expect((await list())[0].state).toBe('started');

    world.outage = new ServiceUnavailableError('The catalog is away');
    await close((await list())[0].runId);
    let now = Date.parse('2026-12-01T09:00:00.000Z');
    for (let i = 0; i < 20; i += 1) {
      await at(new Date(now).toISOString());
      now += 61_000;
    }
    expect((await list())[1]).toMatchObject({
      state: 'failed',
      reason: 'The catalog is away',
    });
  });

  it('plans again when the procedure is edited', async () => {
    await begin(scheduled());
    put(world, scheduled({ rrule: 'FREQ=DAILY;BYHOUR=15' }));
    // The change is seen with the first occurrence of the old schedule.
    await at('2026-11-30T09:00:00.000Z');
    expect(await list()).toEqual([]);
    await at('2026-11-30T15:00:00.000Z');
    expect(await states()).toEqual(['2026-11-30T15:00:00.000Z started']);
    // A change that keeps the time loses no occurrence, however late it is seen.
    put(world, scheduled({ rrule: 'FREQ=DAILY;BYHOUR=15', overlap: 'allow' }));
    await at('2026-12-01T15:00:10.000Z');
    await at('2026-12-01T15:00:11.000Z');
    expect(await states()).toHaveLength(2);
    world.entities.delete('SOP/review');
    await at('2026-12-02T15:00:00.000Z');
    world.entities.set('SOP/review', scheduled());
    expect(await list()).toHaveLength(2);
  });

  it('starts nothing while the procedure is not in force', async () => {
    await begin(scheduled({}, { lifecycle: 'draft' }));
    await at('2026-11-30T09:00:00.000Z');
    expect(await list()).toEqual([]);
    const view = () =>
      replica.schedules.getSchedule({ sopRef: SOP }, { credentials });
    expect(await view()).toMatchObject({
      upcoming: [],
      note: expect.stringContaining('draft'),
    });
    put(world, scheduled());
    world.now = '2026-11-30T10:00:00.000Z';
    await replica.worker.plan();
    await at('2026-12-01T09:00:00.000Z');
    // What was before it was in force is not missed.
    expect(await states()).toEqual(['2026-12-01T09:00:00.000Z started']);
  });

  it('records that nothing or too much is selected', async () => {
    await begin(scheduled({}, { appliesTo: { kind: 'Component' } }));
    await at('2026-11-30T09:00:00.000Z');
    expect((await list())[0]).toMatchObject({
      state: 'failed',
      reason: 'No entity is selected by spec.schedule.targets.',
    });
  });

  it('follows the clock of its zone when that changes', async () => {
    await begin(
      scheduled({
        rrule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=30',
        timezone: 'Europe/Berlin',
        overlap: 'allow',
        catchUp: 'PT1M',
      }),
    );
    // Winter time comes on 2027-10-31, summer time on 2027-03-28.
    world.now = '2027-03-26T12:00:00.000Z';
    await replica.worker.wake();
    for (const instant of [
      '2027-03-27T01:30:00.000Z',
      // 02:30 is left out and becomes 03:30.
      '2027-03-28T01:30:00.000Z',
      '2027-03-29T00:30:00.000Z',
    ]) {
      await at(instant);
    }
    expect((await states()).slice(-3)).toEqual([
      '2027-03-27T01:30:00.000Z started',
      '2027-03-28T01:30:00.000Z started',
      '2027-03-29T00:30:00.000Z started',
    ]);
    world.now = '2027-10-30T12:00:00.000Z';
    await replica.worker.wake();
    await at('2027-10-31T00:30:00.000Z');
    await at('2027-10-31T01:30:00.000Z');
    await at('2027-11-01T01:30:00.000Z');
    expect((await states()).slice(-2)).toEqual([
      '2027-10-31T00:30:00.000Z started',
      '2027-11-01T01:30:00.000Z started',
    ]);
  });

  it('starts a herd of targets in batches, each once', async () => {
    const count = process.env.HANDRAIL_FULL ? 5_000 : 600;
    await begin(
      scheduled({}, { appliesTo: { kind: 'Component' } }),
      ...Array.from({ length: count }, (_, i) => service(`c${i}`)),
    );
    await at('2026-11-30T09:00:00.000Z');
    const knex = (replica.store as unknown as { knex: Knex }).knex;
    expect(
      await knex('schedule_occurrence').where('state', 'started'),
    ).toHaveLength(count);
    const [{ n }] = await knex('run').countDistinct('target_ref as n');
    expect(Number(n)).toBe(count);
    expect(await knex('run')).toHaveLength(count);
  });
});
