import { randomUUID } from 'node:crypto';
import { isError } from '@backstage/errors';
import {
  ChildRun,
  decide,
  isAwaited,
  isClosed,
  ParentRun,
  RunState,
  stepState,
} from '@handrail/plugin-sop-common';
import { JsonObject, JsonValue } from '@backstage/types';
import { ClaimedTimer, RunStore } from '../database/RunStore';
import { acceptInputs } from '../service/inputs';
import { Policies } from '../service/Policies';
import { Procedures } from '../service/Procedures';
import { RunCommitter } from '../service/RunCommitter';
import { MAX_OUTPUT_SIZE } from './callAction';

/** Errors that another try does not mend. */
const FINAL_ERRORS = ['InputError', 'NotFoundError', 'NotAllowedError'];

/** No person's start key begins like this: theirs begin with an entity ref. */
function startKeyOf(parent: ParentRun): string {
  return `run/${parent.runId}/${parent.stepId}/${parent.attempt}`;
}

/**
 * Starts the runs of `run` steps, tells parents what became of them, and cancels
 * those that nobody waits for any more.
 *
 * Each thing to do is a timer that was written with the transition that made it
 * necessary, and doing it twice does no harm: the start key lets an attempt of a
 * step start one run, and a run links itself to its parent however often it is
 * told to. So nothing is lost or doubled when a process dies in between.
 */
export class RelatedRuns {
  readonly #store: RunStore;
  readonly #committer: RunCommitter;
  readonly #policies: Pick<Policies, 'inForce'>;
  readonly #procedures: Pick<Procedures, 'acceptTargetAsService'>;

  constructor(options: {
    store: RunStore;
    committer: RunCommitter;
    policies: Pick<Policies, 'inForce'>;
    procedures: Pick<Procedures, 'acceptTargetAsService'>;
  }) {
    this.#store = options.store;
    this.#committer = options.committer;
    this.#policies = options.policies;
    this.#procedures = options.procedures;
  }

  async handle(timer: ClaimedTimer): Promise<void> {
    switch (timer.kind) {
      case 'start-child':
        // Goes away with what becomes of it in this run.
        await this.#start(timer);
        return;
      case 'cancel-child':
        await this.#cancelChild(timer);
        break;
      case 'link':
        await this.#link(timer.runId);
        break;
      case 'report':
        await this.#report(timer.runId);
        break;
      default:
        throw new Error(`Nobody does work of the kind ${timer.kind}`);
    }
    await this.#store.removeTimer(timer.id, timer.fence);
  }

  async #start(timer: ClaimedTimer): Promise<void> {
    const { runId: parentId, stepId, attempt } = timer;
    const { state } = await this.#store.load(parentId);
    const child = findChild(state, timer);
    if (!child || child.runId || !isAwaited(state, child)) {
      return;
    }
    let runId: string;
    try {
      runId = await this.#startChild(state, child);
    } catch (error) {
      if (!isError(error) || !FINAL_ERRORS.includes(error.name)) {
        throw error;
      }
      const { name, message } = error;
      await this.#committer.execute(
        parentId,
        {},
        {
          type: 'child-refused',
          stepId,
          attempt,
          error: { name, message },
        },
      );
      return;
    }
    await this.#link(runId);
  }

  /** Starts the run, or finds the one that was started before. */
  async #startChild(parent: RunState, child: ChildRun): Promise<string> {
    const { sopRef, revisionHash, stepId, attempt } = child;
    const revision = await this.#store.getRevision(revisionHash);
    const { spec, title: sopTitle } = revision;
    const target = await this.#procedures.acceptTargetAsService(
      spec,
      child.targetRef,
      parent.target,
    );
    const inputs = acceptInputs(spec, child.inputs);
    const policies = await this.#policies.inForce({
      sopRef,
      targetRef: target?.entityRef,
    });
    const runId = randomUUID();
    const origin = { runId: parent.runId, stepId, attempt };
    const events = decide(
      undefined,
      {
        type: 'start',
        runId,
        sopRef,
        revisionHash,
        title: target
          ? `${sopTitle}: ${target.title ?? target.name}`
          : sopTitle,
        ...(target ? { target } : {}),
        inputs,
        parent: origin,
        depth: (parent.depth ?? 0) + 1,
        ...(parent.mode ? { mode: parent.mode } : {}),
        ...(parent.procedures ? { procedures: parent.procedures } : {}),
      },
      {
        now: this.#store.now(),
        spec,
        policies,
        // It is still the run of whoever started the first one.
        actor: {
          ref: parent.initiator,
          kind: parent.initiator.startsWith('user:') ? 'user' : 'service',
          ownershipEntityRefs: [parent.initiator],
        },
      },
    );
    const started = await this.#committer.startRun({
      runId,
      startKey: startKeyOf(origin),
      sopRef,
      sopTitle,
      revisionHash,
      events,
    });
    return started.runId;
  }

  /** Tells the parent which run its step waits for, or ends a run it does not. */
  async #link(runId: string): Promise<void> {
    const { state } = await this.#store.load(runId);
    const { parent } = state;
    if (!parent) {
      return;
    }
    const { stepId, attempt } = parent;
    const { state: above } = await this.#committer.execute(
      parent.runId,
      {},
      { type: 'child-started', stepId, attempt, runId },
    );
    const child = findChild(above, parent);
    if (!child || (!child.status && !isAwaited(above, child))) {
      await this.#end(runId, above, stepId);
    }
  }

  async #cancelChild(timer: ClaimedTimer): Promise<void> {
    const { runId: parentId, stepId, attempt } = timer;
    const { state } = await this.#store.load(parentId);
    const child = findChild(state, timer);
    if (!child || child.status || isAwaited(state, child)) {
      return;
    }
    // One that is only now being started ends itself when it is linked.
    const runId =
      child.runId ??
      (await this.#store.findByStartKey(
        startKeyOf({ runId: parentId, stepId, attempt }),
      ));
    if (runId) {
      await this.#end(runId, state, stepId);
    }
  }

  async #end(runId: string, parent: RunState, stepId: string): Promise<void> {
    const why =
      parent.closeReason ??
      parent.compensation?.reason ??
      stepState(parent, stepId).error?.message;
    const reason = `“${
      parent.title
    }”, which it belongs to, no longer waits for it${why ? `: ${why}` : ''}`;
    const compensate = parent.compensation !== undefined;
    await this.#committer.execute(
      runId,
      {},
      { type: 'parent-ended', reason, compensate },
    );
  }

  /** Tells the parent how the run ended. */
  async #report(runId: string): Promise<void> {
    const { state } = await this.#store.load(runId);
    const { parent, status, closeReason: reason } = state;
    if (!parent || !isClosed(status)) {
      return;
    }
    const { stepId, attempt } = parent;
    await this.#committer.execute(
      parent.runId,
      {},
      {
        type: 'child-ended',
        stepId,
        attempt,
        runId,
        status,
        reason,
        output: outputOf(state),
      },
    );
  }
}

function findChild(
  state: RunState,
  { stepId, attempt }: { stepId: string; attempt: number },
): ChildRun | undefined {
  return Object.values(state.children ?? {}).find(
    one => one.stepId === stepId && one.attempt === attempt,
  );
}

/** What the step of the parent keeps of a run: what its steps brought about. */
function outputOf(state: RunState): JsonValue {
  const steps: JsonObject = {};
  for (const [id, { status, evidence, output }] of Object.entries(
    state.steps,
  )) {
    if (status === 'completed' && (evidence || output !== undefined)) {
      steps[id] = {
        ...(evidence ? { evidence } : {}),
        ...(output === undefined ? {} : { output }),
      };
    }
  }
  const { runId, status, title } = state;
  const whole = { runId, status, title, steps };
  // What is too large for one step is in the journal of the run itself.
  return JSON.stringify(whole).length > MAX_OUTPUT_SIZE
    ? { runId, status, title }
    : whole;
}
