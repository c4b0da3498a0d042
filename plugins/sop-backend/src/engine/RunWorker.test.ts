import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { JsonValue } from '@backstage/types';
import {
  ActionStep,
  decide,
  RunState,
  SopSpec,
  stepState,
} from '@handrail/plugin-sop-common';
import { DatabaseRunStore } from '../database';
import { RunStore } from '../database/RunStore';
import { noPolicies } from '../__testUtils__/noPolicies';
import { RunCommitter } from '../service';
import { ActionInvoker } from './ActionInvoker';
import { EventInbox } from './EventInbox';
import { Locks } from './Locks';
import { LostCall } from './reconcile';
import { RelatedRuns } from './RelatedRuns';
import { RunWorker } from './RunWorker';

jest.setTimeout(60_000);

const LEASE_MS = 400;

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function specOf(action: string, more: Partial<ActionStep> = {}): SopSpec {
  return {
    type: 'test',
    owner: 'group:default/leads',
    lifecycle: 'effective',
    steps: [{ id: 'call', type: 'action', name: 'Call', action, ...more }],
  };
}

class Invoker implements ActionInvoker {
  readonly calls: string[] = [];
  answer: () => Promise<JsonValue> = async () => ({});
  readonly lookedFor: string[] = [];
  found: JsonValue | undefined;

  async list() {
    const attributes = {
      destructive: true,
      readOnly: false,
      idempotent: false,
    };
    return [
      { id: 'test:write', attributes },
      { id: 'test:read', attributes: { ...attributes, readOnly: true } },
    ];
  }

  async invoke(id: string) {
    this.calls.push(id);
    return this.answer();
  }

  async reconcile({ idempotencyKey }: LostCall) {
    this.lookedFor.push(idempotencyKey);
    return this.found === undefined ? undefined : { output: this.found };
  }
}

async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 8000;
  for (;;) {
    const value = await read();
    if (value !== undefined) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error('Waited in vain');
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

describe.each(databases.eachSupportedId())('RunWorker, %s', databaseId => {
  let store: RunStore;
  const workers: RunWorker[] = [];
  let runs = 0;

  beforeAll(async () => {
    const knex = await databases.init(databaseId);
    store = await DatabaseRunStore.create({
      database: mockServices.database({ knex }),
      logger: mockServices.logger.mock(),
      leaseMs: LEASE_MS,
    });
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map(worker => worker.stop()));
  });

  function replica(invoker: ActionInvoker, concurrency = 5): RunWorker {
    const logger = mockServices.logger.mock();
    const committer = new RunCommitter({
      store,
      logger,
      policies: noPolicies,
    });
    const worker = new RunWorker({
      store,
      committer,
      invoker,
      relatives: new RelatedRuns({
        store,
        committer,
        policies: { inForce: async () => [] },
        procedures: { acceptTargetAsService: async () => undefined },
      }),
      locks: new Locks({ store, committer }),
      inbox: new EventInbox({ store, committer, logger }),
      logger,
      allowedActions: ['test:*'],
      cadence: 50,
      concurrency,
      leaseMs: LEASE_MS,
    });
    committer.addListener(commit => worker.notice(commit));
    workers.push(worker);
    return worker;
  }

  async function start(spec: SopSpec): Promise<string> {
    const sopRef = 'sop:default/test';
    const { hash } = await store.saveRevision({ sopRef, title: 'Test', spec });
    runs += 1;
    const runId = `run-${runs}`;
    await store.startRun({
      runId,
      startKey: runId,
      sopRef,
      sopTitle: 'Test',
      revisionHash: hash,
      events: decide(
        undefined,
        {
          type: 'start',
          runId,
          sopRef,
          revisionHash: hash,
          title: 'Test',
          inputs: {},
        },
        {
          now: store.now(),
          spec,
          actor: {
            ref: 'user:default/dev',
            kind: 'user',
            ownershipEntityRefs: [],
          },
        },
      ),
    });
    return runId;
  }

  /** What a replica does that dies before it knows the outcome. */
  async function dispatchAndDie(runId: string): Promise<void> {
    const { events } = await store.transact(runId, {}, ({ state, spec, now }) =>
      decide(
        state,
        { type: 'dispatch-action', stepId: 'call', attempt: 1, try: 1 },
        { now, spec },
      ),
    );
    expect(events.map(event => event.type)).toEqual(['action.dispatched']);
  }

  /** Looks for work as the scheduler would, until the run is as expected. */
  function settled(
    runId: string,
    worker: RunWorker,
    condition: (state: RunState) => boolean,
  ): Promise<RunState> {
    return until(async () => {
      await worker.wake();
      const { state } = await store.load(runId);
      return condition(state) ? state : undefined;
    });
  }

  it('leaves it to a person when a caller died in an action with effects', async () => {
    const runId = await start(
      specOf('test:write', { retry: { limit: 5, backoff: 'PT0.01S' } }),
    );
    await dispatchAndDie(runId);
    const invoker = new Invoker();
    const worker = replica(invoker);
    const state = await settled(
      runId,
      worker,
      one => stepState(one, 'call').status === 'in-doubt',
    );
    expect(stepState(state, 'call').error).toEqual({
      name: 'OutcomeUnknownError',
      message:
        'test:write was interrupted; whether it took effect is not known',
    });
    expect(invoker.calls).toEqual([]);
  });

  it('asks nobody when it can find out what a lost call led to', async () => {
    const runId = await start(specOf('test:write'));
    await dispatchAndDie(runId);
    const invoker = new Invoker();
    invoker.found = { taskId: 'task-1' };
    const state = await settled(
      runId,
      replica(invoker),
      one => one.status === 'completed',
    );
    expect(stepState(state, 'call').output).toEqual({ taskId: 'task-1' });
    expect(new Set(invoker.lookedFor)).toEqual(new Set([`${runId}/call/1`]));
    expect(invoker.calls).toEqual([]);
  });

  it('reads again when a caller died in an action without effects', async () => {
    const runId = await start(
      specOf('test:read', { retry: { limit: 1, backoff: 'PT0.01S' } }),
    );
    await dispatchAndDie(runId);
    const invoker = new Invoker();
    const worker = replica(invoker);
    await settled(runId, worker, one => one.status === 'completed');
    expect(invoker.calls).toEqual(['test:read']);
  });

  it('does not disturb a call that takes longer than a lease', async () => {
    const runId = await start(specOf('test:write'));
    const invoker = new Invoker();
    invoker.answer = async () => {
      await new Promise(resolve => setTimeout(resolve, LEASE_MS * 5));
      return { late: true };
    };
    const first = replica(invoker);
    const second = replica(invoker);
    await first.wake();
    const state = await until(async () => {
      await second.wake();
      const loaded = await store.load(runId);
      return loaded.state.status === 'running' ? undefined : loaded.state;
    });
    expect(state.status).toBe('completed');
    expect(stepState(state, 'call').output).toEqual({ late: true });
    expect(invoker.calls).toEqual(['test:write']);
  });

  it('shares work among replicas and does each piece once', async () => {
    const runIds: string[] = [];
    for (let i = 0; i < 12; i++) {
      runIds.push(await start(specOf('test:write')));
    }
    const invoker = new Invoker();
    const replicas = [replica(invoker, 2), replica(invoker, 2)];
    await Promise.all(replicas.map(one => one.wake()));
    for (const runId of runIds) {
      await settled(runId, replicas[0], one => one.status === 'completed');
    }
    expect(invoker.calls).toHaveLength(runIds.length);
  });

  it('never runs more at a time than it may', async () => {
    for (let i = 0; i < 6; i++) {
      await start(specOf('test:write'));
    }
    const invoker = new Invoker();
    let active = 0;
    let most = 0;
    invoker.answer = async () => {
      active += 1;
      most = Math.max(most, active);
      await new Promise(resolve => setTimeout(resolve, 30));
      active -= 1;
      return {};
    };
    const worker = replica(invoker, 2);
    await worker.wake();
    await until(async () => (invoker.calls.length === 6 ? true : undefined));
    expect(most).toBe(2);
  });

  it('ends waits and makes alarms while calls take all slots', async () => {
    await start(specOf('test:write'));
    const invoker = new Invoker();
    let answer: () => void = () => {};
    invoker.answer = () =>
      new Promise(resolve => {
        answer = () => resolve({});
      });
    const worker = replica(invoker, 1);
    await worker.wake();
    await until(async () => invoker.calls[0]);
    const waiting: SopSpec = {
      ...specOf('test:write'),
      steps: [{ id: 'soak', type: 'wait', name: 'Soak', duration: 'PT0.02S' }],
    };
    const runIds: string[] = [];
    for (let i = 0; i < 40; i++) {
      runIds.push(await start(waiting));
    }
    // Once: the rest is up to the alarms.
    await worker.wake();
    await until(async () => {
      const all = await Promise.all(runIds.map(runId => store.load(runId)));
      return (
        all.every(({ state }) => state.status === 'completed') || undefined
      );
    });
    expect(invoker.calls).toHaveLength(1);
    answer();
  });

  it('takes on nothing once it is stopped', async () => {
    const runId = await start(specOf('test:write'));
    const invoker = new Invoker();
    const worker = replica(invoker);
    await worker.stop();
    await worker.wake();
    expect(invoker.calls).toEqual([]);
    await settled(runId, replica(invoker), one => one.status === 'completed');
  });
});
