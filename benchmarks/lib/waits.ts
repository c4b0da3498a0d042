import { randomUUID } from 'node:crypto';
import { Actor, decide, SopSpec } from '@handrail/plugin-sop-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunStore } from '../../plugins/sop-backend/src/database';
import { RunWorker } from '../../plugins/sop-backend/src/engine';
import { RunCommitter } from '../../plugins/sop-backend/src/service';
import { RELEASE } from './release';

const initiator: Actor = {
  ref: 'user:default/dev',
  kind: 'user',
  ownershipEntityRefs: ['user:default/dev', 'group:default/developers'],
};

/** Twelve steps, of which the first waits until an instant that is an input. */
export const WAITING: SopSpec = {
  ...RELEASE,
  runTitle: 'Release of ${{ target.name }}',
  steps: [
    { id: 'hold', type: 'wait', name: 'Hold', until: '${{ inputs.at }}' },
    ...RELEASE.steps.slice(1),
  ],
};

/** Starts a run that waits until `at`. @returns its id */
export async function startWaiting(
  store: RunStore,
  at: string,
): Promise<string> {
  const sopRef = 'sop:default/waiting';
  const { hash } = await store.saveRevision({
    sopRef,
    title: 'Release',
    spec: WAITING,
  });
  const runId = randomUUID();
  const target = {
    entityRef: 'component:default/shop',
    kind: 'Component',
    namespace: 'default',
    name: 'shop',
    metadata: { name: 'shop' },
    spec: {},
  };
  await store.startRun({
    runId,
    startKey: runId,
    sopRef,
    sopTitle: 'Release',
    revisionHash: hash,
    events: decide(
      undefined,
      {
        type: 'start',
        runId,
        sopRef,
        revisionHash: hash,
        title: 'Release',
        inputs: { at },
        target,
      },
      { now: store.now(), actor: initiator, spec: WAITING },
    ),
  });
  return runId;
}

const logger: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/**
 * The worker as a replica has it, save that the clock of this process stands in
 * for the scheduler.
 * @param ended - told when the wait of a run has ended: milliseconds after `at`
 * @returns what stops it
 */
export function startWorker(
  store: RunStore,
  ended: (late: number) => void,
): () => Promise<void> {
  const committer = new RunCommitter({
    store,
    logger,
    policies: {
      factsFor: async () => ({}),
      withWordings: async work => work(),
    },
  });
  const cadence = 2000;
  const worker = new RunWorker({
    store,
    committer,
    invoker: { list: async () => [], invoke: async () => null },
    logger,
    allowedActions: [],
    cadence,
    concurrency: 10,
  });
  committer.addListener(async commit => {
    const { at } = commit.state.inputs;
    const hasEnded = commit.events.some(
      ({ type, data }) =>
        type === 'step.completed' &&
        (data as { stepId?: string }).stepId === 'hold',
    );
    if (hasEnded && typeof at === 'string') {
      // When it is committed, which is later than the event says.
      ended(Date.parse(store.now()) - Date.parse(at));
    }
    await worker.notice(commit);
  });
  const interval = setInterval(() => worker.wake(), cadence);
  return async () => {
    clearInterval(interval);
    await worker.stop();
  };
}
