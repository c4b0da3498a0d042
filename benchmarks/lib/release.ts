import { randomUUID } from 'node:crypto';
import {
  Actor,
  decide,
  RunCommand,
  RunState,
  SopSpec,
  SopStep,
} from '@handrail/plugin-sop-common';
import type { RunStore } from '../../plugins/sop-backend/src/database';

const MEMBERS = {
  'group:default/developers': ['user:default/dev'],
  'group:default/reviewers': ['user:default/ben', 'user:default/cho'],
};

function person(name: string, group: string): Actor {
  const ref = `user:default/${name}`;
  return { ref, kind: 'user', ownershipEntityRefs: [ref, group] };
}

const developer = person('dev', 'group:default/developers');
const reviewer = person('ben', 'group:default/reviewers');

function manual(id: string, name: string): SopStep {
  return {
    id,
    type: 'manual',
    name,
    role: 'dev',
    instructions: 'Follow the runbook of ${{ target.name }}.',
    evidence: [
      { id: 'link', kind: 'url', required: true },
      { id: 'notes', kind: 'text' },
    ],
  };
}

function approval(id: string, name: string, after: string): SopStep {
  return {
    id,
    type: 'approval',
    name,
    role: 'reviewer',
    excludedOwners: ['initiator', `actor:${after}`],
    quorum: 1,
  };
}

/** Twelve steps of the kinds a release has. */
export const RELEASE: SopSpec = {
  type: 'release',
  owner: 'group:default/developers',
  lifecycle: 'effective',
  runTitle: 'Release ${{ inputs.version }} of ${{ target.name }}',
  roles: {
    dev: { potentialOwners: ['group:default/developers'] },
    reviewer: { potentialOwners: ['group:default/reviewers'] },
  },
  steps: [
    manual('scope', 'Agree on the scope'),
    manual('notes', 'Write the release notes'),
    approval('review', 'Peer review', 'notes'),
    {
      id: 'tests',
      type: 'check',
      name: 'Tests are green',
      action: 'ci:status',
      input: { version: '${{ inputs.version }}' },
      expect: 'output.failed == 0',
    },
    manual('backup', 'Take a backup'),
    manual('announce', 'Announce the release'),
    approval('go', 'Go or no go', 'announce'),
    {
      id: 'deploy',
      type: 'action',
      name: 'Deploy',
      action: 'cd:deploy',
      input: { version: '${{ inputs.version }}' },
    },
    manual('smoke', 'Smoke test'),
    manual('watch', 'Watch the dashboards'),
    manual('close', 'Close the tickets'),
    approval('accept', 'Accept the release', 'close'),
  ],
};

/** What to do next in a run, and by whom; nothing when it is over. */
function nextCommand(
  state: RunState,
): { command: RunCommand; actor?: Actor } | undefined {
  const step = RELEASE.steps.find(
    one => state.steps[one.id]?.status !== 'completed',
  );
  if (!step) {
    return undefined;
  }
  const { id: stepId } = step;
  const { version: taskVersion, claimedBy, dispatched } = state.steps[stepId];
  switch (step.type) {
    case 'manual':
      return {
        actor: developer,
        command: claimedBy
          ? {
              type: 'complete',
              stepId,
              taskVersion,
              evidence: {
                link: 'https://tickets.example.org/browse/REL-1234',
                notes: 'Done as described, nothing out of the ordinary.',
              },
            }
          : { type: 'claim', stepId, taskVersion },
      };
    case 'approval':
      return {
        actor: reviewer,
        command: {
          type: 'vote',
          stepId,
          taskVersion,
          decision: 'approve',
          reason: 'Looks right',
        },
      };
    default:
      return {
        command: dispatched
          ? {
              type: 'action-succeeded',
              stepId,
              attempt: 1,
              try: 1,
              output: { failed: 0 },
            }
          : { type: 'dispatch-action', stepId, attempt: 1, try: 1 },
      };
  }
}

/** Starts a run and gives its id. */
export async function startRelease(
  store: RunStore,
  options: { sopRef?: string } = {},
): Promise<string> {
  const { sopRef = 'sop:default/release' } = options;
  const { hash } = await store.saveRevision({
    sopRef,
    title: 'Release',
    spec: RELEASE,
  });
  const runId = randomUUID();
  const events = decide(
    undefined,
    {
      type: 'start',
      runId,
      sopRef,
      revisionHash: hash,
      title: 'Release',
      inputs: { version: '1.2.3' },
      target: {
        entityRef: 'component:default/shop',
        kind: 'Component',
        namespace: 'default',
        name: 'shop',
        owner: 'group:default/developers',
        metadata: { name: 'shop' },
        spec: { type: 'service', lifecycle: 'production' },
      },
    },
    { now: store.now(), actor: developer, spec: RELEASE, members: MEMBERS },
  );
  await store.startRun({
    runId,
    startKey: runId,
    sopRef,
    sopTitle: 'Release',
    revisionHash: hash,
    events,
  });
  return runId;
}

/** Does the next thing in a run. @returns false when the run is over */
export async function work(store: RunStore, runId: string): Promise<boolean> {
  let over = false;
  const { state } = await store.transact(
    runId,
    { commandId: randomUUID(), actorRef: developer.ref },
    context => {
      const next = nextCommand(context.state);
      over = !next;
      return next
        ? decide(context.state, next.command, {
            now: context.now,
            actor: next.actor,
            spec: context.spec,
            members: MEMBERS,
          })
        : [];
    },
  );
  return !over && state.status === 'running';
}

/**
 * What callers do over and over: the next thing in one of their runs, and a new
 * run for each that is over.
 */
export async function releaseWork(
  store: RunStore,
  callers: number,
  runsPerCaller: number,
): Promise<(caller: number) => Promise<void>> {
  const pools = await Promise.all(
    Array.from({ length: callers }, async () => {
      const runs: string[] = [];
      for (let i = 0; i < runsPerCaller; i++) {
        runs.push(await startRelease(store));
      }
      return runs;
    }),
  );
  let turn = 0;
  return async caller => {
    turn += 1;
    const pool = pools[caller];
    const place = turn % pool.length;
    if (!(await work(store, pool[place]))) {
      pool[place] = await startRelease(store);
    }
  };
}
