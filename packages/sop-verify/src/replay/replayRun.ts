import { resolved } from './doubt';
import { isAutomated } from './automated';
import { lockAcquired, lookedAgain } from './blocks';
import { retried, steered } from './control';
import { timePassed } from './deadlines';
import { fillIn } from './expressions';
import { glassBroken } from './glass';
import { measured } from './guards';
import { isHuman } from './human';
import { received, unheard } from './listening';
import {
  dispatched,
  succeeded,
  tryFailed,
  undispatchable,
  waited,
} from './machines';
import { reminded } from './reminders';
import { Replay } from './Replay';
import { turns } from './rotations';
import { settle } from './settle';
import { claimed, completed, released, reported, returned } from './tasks';
import { Policy } from './tighten';
import { isInstant } from './times';
import {
  Event,
  JsonObject,
  Procedure,
  RunState,
  Step,
  Violation,
} from './types';
import { voted } from './votes';

const ENGINE_VERSION = 1;

/** Events that never begin a round: they follow from others. */
const CONSEQUENCES = [
  'step.in-doubt',
  'step.started',
  'step.skipped',
  'check.outdated',
  'approval.deferred',
  'switch.chosen',
  'run.held',
  'run.resumed',
  'run.completed',
  'step.compensated',
  'run.compensated',
];

function start(replay: Replay, revisionHash: string): void {
  const event = replay.begin();
  if (event.type !== 'run.started') {
    replay.refuse('order', `Event 1 is ${event.type}; it must be run.started`);
  }
  replay.fields(
    event,
    [
      'runId',
      'sopRef',
      'revisionHash',
      'engineVersion',
      'title',
      'initiator',
      'inputs',
    ],
    ['target', 'mode', 'control', 'roles', 'policies'],
  );
  const { data, actor, at } = event;
  if (data.engineVersion !== ENGINE_VERSION) {
    replay.refuse(
      'unknown-rule',
      `The run was made by version ${data.engineVersion} of the rules; this verifier knows version ${ENGINE_VERSION}`,
    );
  }
  if (data.revisionHash !== revisionHash) {
    replay.refuse(
      'revision',
      `Event 1 names the revision ${data.revisionHash}; the procedure at hand is ${revisionHash}`,
    );
  }
  if (!actor || data.initiator !== actor) {
    replay.refuse(
      'actor',
      `Event 1 says that ${data.initiator} started the run, but ${
        actor ?? 'nobody'
      } did`,
    );
  }
  replay.run = {
    runId: String(data.runId),
    sopRef: String(data.sopRef),
    title: String(data.title),
    initiator: String(actor),
    target: data.target as JsonObject | undefined,
    inputs: data.inputs as JsonObject,
    rehearsal: data.mode === 'rehearsal',
    startedAt: at,
    turns: {},
    status: 'running',
    steps: new Map(),
    done: [],
    glass: [],
  };
  if (data.mode !== undefined && data.mode !== 'rehearsal') {
    replay.refuse(
      'unknown-rule',
      `Event 1 names the mode ${data.mode}, which this version of the verifier does not know; use a newer one`,
    );
  }
  replay.run.turns = turns(replay, event);
  replay.policies.atStart(event);
  const { runTitle } = replay.procedure;
  if (runTitle) {
    const title = fillIn(runTitle, {
      inputs: data.inputs,
      target: data.target ?? null,
      run: { id: data.runId, initiator: actor, startedAt: at },
    });
    if (data.title !== String(title)) {
      replay.refuse(
        'content',
        `Event 1 has the title ${data.title}; it must be ${title}`,
      );
    }
  }
}

function stepOf(replay: Replay, event: Event): Step {
  const id = String(event.data.stepId);
  if (!replay.outline.has(id)) {
    replay.fail(
      'order',
      `Event ${event.seq} names the step "${id}", which the procedure does not have`,
    );
  }
  return replay.policies.of(id).step;
}

function completion(replay: Replay, event: Event, step: Step): void {
  if (step.type === 'wait') {
    waited(replay, event, step);
  } else if (isAutomated(step)) {
    succeeded(replay, event, step);
  } else {
    completed(replay, event, step);
  }
}

function failure(replay: Replay, event: Event, step: Step): void {
  if (isHuman(step)) {
    reported(replay, event, step);
  } else if (step.type === 'listen') {
    unheard(replay, event, step);
  } else {
    undispatchable(replay, event, step);
  }
}

function putBack(replay: Replay, event: Event): void {
  const ids = event.data.stepIds as string[];
  if (!Array.isArray(ids) || ids.length === 0) {
    replay.refuse('content', `Event ${event.seq} names no steps`);
  }
  if (ids.length === 1) {
    retried(replay, event);
    return;
  }
  const id = ids[ids.length - 1];
  if (!replay.outline.has(id)) {
    replay.refuse('order', `Event ${event.seq} names a step that is not there`);
  }
  returned(replay, event, replay.policies.of(id).step);
}

const CAUSES: Record<
  string,
  (replay: Replay, event: Event, step: Step) => void
> = {
  'task.claimed': claimed,
  'task.released': released,
  'vote.cast': voted,
  'step.completed': completion,
  'step.failed': failure,
  'action.dispatched': dispatched,
  'action.failed': tryFailed,
  'doubt.resolved': resolved,
  'lock.acquired': lockAcquired,
  'glass.broken': glassBroken,
  'event.received': received,
};

/** What time brings about: the first of the events that it leads to. */
const TIMED: typeof CAUSES = {
  'step.blocked': lookedAgain,
  'step.unblocked': lookedAgain,
  'deadline.passed': timePassed,
  'task.escalated': timePassed,
  'task.reminded': reminded,
  'guard.measured': measured,
};

const STEERING = [
  'step.cancelled',
  'run.failed',
  'run.cancelled',
  'compensation.started',
];

function round(replay: Replay): void {
  const next = replay.peek()!;
  replay.assertKnown(next);
  if (next.type === 'run.started') {
    replay.fail('order', `Event ${next.seq} starts the run a second time`);
  }
  if (CONSEQUENCES.includes(next.type)) {
    replay.fail(
      'order',
      `Event ${next.seq} (${next.type}${
        next.data.stepId ? ` of "${next.data.stepId}"` : ''
      }) does not follow from anything before it`,
    );
  }
  const isReview = replay.outline.get(String(next.data.stepId))?.reviews;
  if (replay.closed && !isReview) {
    replay.fail(
      'order',
      `Event ${next.seq} (${next.type}) comes after the end of the run`,
    );
  }
  if (STEERING.includes(next.type)) {
    steered(replay);
  } else if (next.type === 'step.reset') {
    putBack(replay, replay.begin());
  } else {
    const step = stepOf(replay, next);
    const timed = TIMED[next.type];
    if (timed) {
      timed(replay, replay.enter(), step);
    } else {
      CAUSES[next.type](replay, replay.begin(), step);
    }
  }
  settle(replay);
}

/**
 * Plays the journal of a run again by its procedure.
 *
 * @param events - numbered from 1 without gaps, as the chain was checked
 * @param policies - wordings of policies by hash, as that was checked
 * @returns where the run stands at the end
 * @throws Violation naming the first event that must not be there, or that is
 * missing
 */
export function replayRun(
  procedure: Procedure,
  revisionHash: string,
  events: readonly Event[],
  policies: ReadonlyMap<string, Policy> = new Map(),
): RunState {
  const replay = new Replay(procedure, events, policies);
  events.forEach((event, index) => {
    if (event.seq !== index + 1 || !isInstant(event.at)) {
      throw new Violation(
        event.seq === index + 1 ? 'time' : 'order',
        index + 1,
        `Event ${index + 1} has the number ${event.seq} and the date ${
          event.at
        }`,
      );
    }
  });
  start(replay, revisionHash);
  settle(replay);
  while (!replay.done) {
    round(replay);
  }
  return replay.run;
}
