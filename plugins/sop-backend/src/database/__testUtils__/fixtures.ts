import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  Actor,
  AnyRunEvent,
  decide,
  HumanCommand,
  PolicyRevision,
  RunState,
  SopSpec,
  SystemCommand,
} from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { DatabaseRunStore } from '../DatabaseRunStore';
import { RunStore, StartRunResult, TransactResult } from '../RunStore';

/** SQLite always; PostgreSQL when the environment names one. */
export const databaseIds = ['SQLITE_3', 'POSTGRES_18'] as const;

export const GROUPS: Record<string, string[]> = {
  'group:default/developers': ['user:default/ana', 'user:default/dev'],
  'group:default/reviewers': [
    'user:default/ana',
    'user:default/ben',
    'user:default/cho',
  ],
  'group:default/ops': ['user:default/olu', 'user:default/ben'],
};

export function person(name: string): Actor {
  const ref = `user:default/${name}`;
  return {
    ref,
    kind: 'user',
    ownershipEntityRefs: [ref, ...groupsOf(ref)],
  };
}

export function groupsOf(userRef: string): string[] {
  return Object.entries(GROUPS)
    .filter(([, members]) => members.includes(userRef))
    .map(([group]) => group);
}

export function query(name: string) {
  const userRef = `user:default/${name}`;
  return { userRef, groupRefs: groupsOf(userRef) };
}

/** A step of every kind that keeps rows: task, vote, timer, automation, branches. */
export const SPEC: SopSpec = {
  type: 'release',
  owner: 'group:default/ops',
  lifecycle: 'effective',
  runTitle: 'Release ${{ inputs.version }}',
  roles: {
    dev: { potentialOwners: ['group:default/developers'] },
    reviewer: {
      potentialOwners: ['group:default/reviewers', 'group:default/ops'],
    },
    ops: { potentialOwners: ['group:default/ops'] },
  },
  steps: [
    {
      id: 'prepare',
      type: 'manual',
      name: 'Prepare',
      role: 'dev',
      evidence: [{ id: 'notes', kind: 'text' }],
      compensation: { type: 'manual', name: 'Unprepare', role: 'dev' },
    },
    {
      id: 'review',
      type: 'approval',
      name: 'Review',
      role: 'reviewer',
      excludedOwners: ['initiator', 'actor:prepare'],
      quorum: 1,
      reason: 'optional',
      onReject: { returnTo: 'prepare' },
    },
    {
      id: 'both',
      type: 'parallel',
      name: 'Both',
      branches: [
        {
          steps: [
            {
              id: 'deploy',
              type: 'action',
              name: 'Deploy',
              action: 'test:deploy',
              input: { version: '${{ inputs.version }}' },
              retry: { limit: 2, backoff: 'PT1S' },
            },
          ],
        },
        {
          steps: [
            { id: 'soak', type: 'wait', name: 'Soak', duration: 'PT1H' },
            { id: 'watch', type: 'manual', name: 'Watch', role: 'ops' },
          ],
        },
      ],
    },
    { id: 'accept', type: 'handoff', name: 'Accept', role: 'initiator' },
  ],
};

/** One task that can be claimed and released for ever. */
export const CLAIM_SPEC: SopSpec = {
  type: 'test',
  owner: 'group:default/ops',
  lifecycle: 'effective',
  roles: { dev: { potentialOwners: ['group:default/developers'] } },
  steps: [{ id: 'work', type: 'manual', name: 'Work', role: 'dev' }],
};

export interface TestStore {
  knex: Knex;
  store: DatabaseRunStore;
}

export async function openStore(
  knex: Knex,
  options: {
    logger?: LoggerService;
    cachedRuns?: number;
    leaseMs?: number;
  } = {},
): Promise<DatabaseRunStore> {
  return DatabaseRunStore.create({
    database: mockServices.database({ knex }),
    logger: mockServices.logger.mock(),
    ...options,
  });
}

export async function createStore(
  databases: TestDatabases,
  id: (typeof databaseIds)[number],
): Promise<TestStore> {
  const knex = await databases.init(id);
  return { knex, store: await openStore(knex) };
}

export interface StartOptions {
  spec?: SopSpec;
  runId?: string;
  startKey?: string;
  commandId?: string;
  sopRef?: string;
  by?: string;
  target?: string;
  at?: string;
  /** In force for the run. */
  policies?: PolicyRevision[];
}

export async function start(
  store: RunStore,
  options: StartOptions = {},
): Promise<StartRunResult> {
  const {
    spec = SPEC,
    runId = randomUUID(),
    startKey = randomUUID(),
    sopRef = 'sop:default/release',
    by = 'dev',
  } = options;
  const { hash } = await store.saveRevision({
    sopRef,
    title: 'Release',
    spec,
    number: 'SOP-002',
    label: '3',
  });
  const events = decide(
    undefined,
    {
      type: 'start',
      runId,
      sopRef,
      revisionHash: hash,
      title: 'Run',
      inputs: { version: '1.2.3' },
      ...(options.target
        ? {
            target: {
              entityRef: options.target,
              kind: 'Component',
              namespace: 'default',
              name: 'shop',
              metadata: {},
              spec: {},
            },
          }
        : {}),
    },
    {
      now: options.at ?? store.now(),
      actor: person(by),
      spec,
      members: GROUPS,
      ...policyFacts(options.policies),
    },
  );
  return store.startRun({
    runId,
    startKey,
    commandId: options.commandId,
    sopRef,
    sopTitle: 'Release',
    revisionHash: hash,
    events,
  });
}

type Loose<T> = T extends { taskVersion: number }
  ? Omit<T, 'taskVersion'> & { taskVersion?: number }
  : T;

/** A person's command; the version of the task is the current one unless given. */
export function act(
  store: RunStore,
  runId: string,
  name: string,
  command: Loose<HumanCommand>,
  options: { commandId?: string; policies?: PolicyRevision[] } = {},
): Promise<TransactResult> {
  const actor = person(name);
  const { policies, ...more } = options;
  return store.transact(
    runId,
    { ...more, actorRef: actor.ref },
    ({ state, spec, now }) =>
      decide(
        state,
        ('stepId' in command
          ? {
              taskVersion: state.steps[command.stepId]?.version ?? 0,
              ...command,
            }
          : command) as HumanCommand,
        { now, actor, spec, members: GROUPS, ...policyFacts(policies) },
      ),
  );
}

/** Policies that are in force, and whose wording is known. */
function policyFacts(policies: PolicyRevision[] = []) {
  return {
    policies,
    pinnedPolicies: new Map(policies.map(one => [one.hash, one])),
  };
}

/** The engine's own command, at a given instant or now. */
export function system(
  store: RunStore,
  runId: string,
  command: SystemCommand,
  at?: string,
): Promise<TransactResult> {
  return store.transact(runId, {}, ({ state, spec, now }) =>
    decide(state, command, { now: at ?? now, spec, members: GROUPS }),
  );
}

/** All tables derived from a run's journal, in a form that can be compared. */
export async function projections(knex: Knex, runId: string) {
  const of = (table: string, ...order: string[]) =>
    knex(table).where('run_id', runId).orderBy(order);
  const timers = await of('timer', 'step_id', 'slot');
  return {
    run: await of('run', 'run_id'),
    steps: await of('run_step', 'step_id'),
    inbox: await of('task_inbox', 'step_id', 'principal'),
    done: await of('task_done', 'seq'),
    // Fences and lease times depend on when they were written.
    timers: timers.map(({ fence: _f, owner: _o, due_at, ...timer }) =>
      timer.kind === 'lease' ? timer : { ...timer, due_at },
    ),
  };
}

export async function wholeJournal(
  store: RunStore,
  runId: string,
): Promise<AnyRunEvent[]> {
  const events: AnyRunEvent[] = [];
  for (;;) {
    const { items } = await store.readJournal(runId, {
      after: events.length,
      limit: 1000,
    });
    events.push(...(items as unknown as AnyRunEvent[]));
    if (items.length < 1000) {
      return events;
    }
  }
}

export function stepVersion(state: RunState, stepId: string): number {
  return state.steps[stepId].version;
}
