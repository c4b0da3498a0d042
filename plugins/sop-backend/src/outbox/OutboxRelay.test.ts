import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import {
  act,
  CLAIM_SPEC,
  databaseIds,
  GROUPS,
  openStore,
  SPEC,
  start,
} from '../database/__testUtils__/fixtures';
import { DatabaseRunStore } from '../database/DatabaseRunStore';
import { OutboxEntry } from '../database/RunStore';
import { NotificationConsumer } from './NotificationConsumer';
import { OutboxConsumer } from './OutboxConsumer';
import { OutboxRelay } from './OutboxRelay';

jest.setTimeout(60_000);

/** Keeps what it took as `<run>/<first event>`. */
class Recorder implements OutboxConsumer {
  readonly taken: string[] = [];
  startAt: 'beginning' | 'end' = 'beginning';
  constructor(
    readonly name: string,
    private readonly refuse: (entry: OutboxEntry) => boolean = () => false,
    readonly maxTries?: number,
  ) {}

  async deliver(entry: OutboxEntry) {
    if (this.refuse(entry)) {
      throw new Error('not now');
    }
    this.taken.push(`${entry.runId}/${entry.events[0].seq}`);
  }
}

const databases = TestDatabases.create({ ids: [...databaseIds] });

describe.each(databases.eachSupportedId())('the outbox relay on %p', id => {
  let knex: Knex;
  let store: DatabaseRunStore;

  beforeEach(async () => {
    knex = await databases.init(id);
    store = await openStore(knex);
  });

  async function relayTo(...consumers: OutboxConsumer[]) {
    const relay = new OutboxRelay({
      store,
      positions: store.positions(),
      consumers,
      logger: mockServices.logger.mock(),
      cadence: 1000,
      leaseMs: 60_000,
    });
    await relay.start(mockServices.scheduler.mock());
    return relay;
  }

  /**
   * Wakes the relay until it has delivered so much. On PostgreSQL an open
   * transaction of anybody in the cluster holds later entries back.
   */
  async function wakeUntil(
    relay: OutboxRelay,
    delivered: () => number,
    count: number,
  ) {
    for (let i = 0; i < 100; i++) {
      await relay.wake();
      if (delivered() >= count) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  async function claimTimes(runId: string, times: number) {
    for (let i = 0; i < times; i++) {
      await act(store, runId, 'dev', { type: 'claim', stepId: 'work' });
      await act(store, runId, 'dev', { type: 'release', stepId: 'work' });
    }
  }

  it('delivers what was committed while nobody delivered, in order', async () => {
    const runs = [
      (await start(store, { spec: CLAIM_SPEC })).runId,
      (await start(store, { spec: CLAIM_SPEC })).runId,
    ];
    await Promise.all(runs.map(runId => claimTimes(runId, 60)));
    const one = new Recorder('one');
    const two = new Recorder('two');
    const relay = await relayTo(one, two);
    await wakeUntil(
      relay,
      () => Math.min(one.taken.length, two.taken.length),
      2 * 121,
    );
    expect(one.taken).toHaveLength(2 * 121);
    expect(two.taken).toEqual(one.taken);
    for (const runId of runs) {
      const numbers = one.taken
        .filter(text => text.startsWith(runId))
        .map(text => Number(text.split('/')[1]));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
    await claimTimes(runs[0], 1);
    await wakeUntil(relay, () => one.taken.length, 2 * 121 + 2);
    expect(one.taken).toHaveLength(2 * 121 + 2);
  });

  it('goes on after a failure where it failed, and gives up in the end', async () => {
    const { runId } = await start(store, { spec: CLAIM_SPEC });
    await claimTimes(runId, 2);
    let broken = true;
    const stubborn = new Recorder('stubborn', () => broken);
    const patient = new Recorder(
      'patient',
      entry => entry.events[0].type === 'task.claimed',
      1,
    );
    const relay = await relayTo(stubborn, patient);
    await wakeUntil(relay, () => patient.taken.length, 3);
    expect(stubborn.taken).toEqual([]);
    expect(patient.taken).toHaveLength(3);
    broken = false;
    // Another process, which knows nothing of the delay before the next try.
    await relay.stop();
    const next = await relayTo(stubborn);
    await wakeUntil(next, () => stubborn.taken.length, 5);
    expect(stubborn.taken).toHaveLength(5);
  });

  it('lets one replica deliver at a time, and another one when it is gone', async () => {
    const { runId } = await start(store, { spec: CLAIM_SPEC });
    await claimTimes(runId, 1);
    const mine = new Recorder('shared');
    const others = new Recorder('shared');
    const first = await relayTo(mine);
    const second = await relayTo(others);
    await wakeUntil(first, () => mine.taken.length, 3);
    await second.wake();
    await claimTimes(runId, 1);
    await second.wake();
    expect(others.taken).toEqual([]);
    expect(mine.taken).toHaveLength(3);
    // Killed: its lease ends without a word.
    await knex('outbox_consumer').update({ owned_until: 0 });
    await wakeUntil(second, () => others.taken.length, 2);
    expect(others.taken).toHaveLength(2);
    await first.wake();
    expect(mine.taken).toHaveLength(3);
  });

  it('repeats a delivery whose position was not written', async () => {
    await start(store, { spec: CLAIM_SPEC });
    const before = new Recorder('crashing');
    const crashed = new OutboxRelay({
      store,
      positions: Object.assign(store.positions(), {
        advance: async () => {
          throw new Error('killed');
        },
      }),
      consumers: [before],
      logger: mockServices.logger.mock(),
      cadence: 1000,
      leaseMs: 1,
    });
    await crashed.start(mockServices.scheduler.mock());
    await wakeUntil(crashed, () => before.taken.length, 1);
    await new Promise(resolve => setTimeout(resolve, 10));
    const after = new Recorder('crashing');
    await wakeUntil(await relayTo(after), () => after.taken.length, 1);
    expect(after.taken).toEqual(before.taken);
    expect(after.taken).toHaveLength(1);
  });

  it('begins at the end for who does not want the past', async () => {
    const { runId } = await start(store, { spec: CLAIM_SPEC });
    // What is not to be read yet is not the past.
    const first = new Recorder('first');
    await wakeUntil(await relayTo(first), () => first.taken.length, 1);
    const late = new Recorder('late');
    late.startAt = 'end';
    const relay = await relayTo(late);
    await claimTimes(runId, 1);
    await wakeUntil(relay, () => late.taken.length, 2);
    expect(late.taken).toHaveLength(2);
  });

  describe('notifications', () => {
    let sent: NotificationSendOptions[];
    let consumer: NotificationConsumer;

    beforeEach(() => {
      sent = [];
      consumer = new NotificationConsumer({
        notifications: { send: async one => void sent.push(one) },
        store,
        membersOf: async refs =>
          Object.fromEntries(refs.map(ref => [ref, GROUPS[ref] ?? []])),
      });
    });

    it('reach people after a crash between commit and delivery', async () => {
      const relay = await relayTo(consumer);
      await relay.stop();
      const { runId } = await start(store);
      expect(sent).toEqual([]);
      await wakeUntil(await relayTo(consumer), () => sent.length, 1);
      expect(sent).toEqual([
        {
          recipients: {
            type: 'entity',
            entityRef: ['group:default/developers'],
            excludeEntityRef: [],
          },
          payload: expect.objectContaining({
            scope: `sop:task:${runId}:prepare`,
          }),
        },
      ]);
    });

    it('leave out who may not act, members of excluded groups included', async () => {
      const relay = await relayTo(consumer);
      const spec = {
        ...SPEC,
        steps: SPEC.steps.map(step =>
          step.id === 'review'
            ? {
                ...step,
                excludedOwners: ['actor:prepare', 'group:default/ops'],
              }
            : step,
        ) as typeof SPEC.steps,
      };
      const { runId } = await start(store, { spec });
      await act(store, runId, 'ana', { type: 'complete', stepId: 'prepare' });
      await wakeUntil(
        relay,
        () => sent.filter(one => one.payload.scope?.endsWith(':review')).length,
        1,
      );
      const review = sent.find(one =>
        one.payload.scope?.endsWith(':review'),
      )?.recipients;
      expect(review).toMatchObject({
        excludeEntityRef: expect.arrayContaining([
          'user:default/ana',
          'group:default/ops',
          'user:default/ben',
          'user:default/olu',
        ]),
      });
    });

    it('are not sent for what is done by then', async () => {
      const relay = await relayTo(consumer);
      const { runId } = await start(store);
      await act(store, runId, 'ana', { type: 'complete', stepId: 'prepare' });
      await wakeUntil(relay, () => sent.length, 1);
      expect(sent.map(one => one.payload.scope)).toEqual([
        `sop:task:${runId}:review`,
      ]);
    });
  });
});
