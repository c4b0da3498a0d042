import { fillIn, holds } from './expressions';
import { leftInDoubt, OUTCOME_UNKNOWN } from './doubt';
import { isAutomated } from './automated';
import { blocksOf, bypassed } from './windows';
import { fits, TEXT } from './prediction';
import { Replay } from './Replay';
import { after } from './times';
import { Event, Json, Step } from './types';

/** A lost try that may be repeated is, this often. */
const LOST_TRIES = 3;
const DEFAULT_BACKOFF = 'PT5S';

function byNobody(replay: Replay, event: Event): void {
  if (event.actor !== undefined) {
    replay.refuse(
      'actor',
      `Event ${event.seq} (${event.type}) names ${event.actor}; only the engine itself may cause it`,
    );
  }
}

export function running(replay: Replay, event: Event, step: Step): void {
  byNobody(replay, event);
  const { status } = replay.step(step.id);
  if (status !== 'running') {
    replay.refuse(
      'order',
      `Event ${event.seq} is ${event.type} of "${step.id}", which is ${status}`,
    );
  }
}

export function due(replay: Replay, event: Event, step: Step): void {
  const { dueAt } = replay.step(step.id);
  if (dueAt && event.at < dueAt) {
    replay.refuse(
      'time',
      `Event ${event.seq} (${event.type} of "${step.id}") is dated ${event.at}; it was not due before ${dueAt}`,
    );
  }
}

/** No window may keep what a machine does now. */
function assertOpen(replay: Replay, event: Event, step: Step): void {
  const { blocks } = blocksOf(replay, replay.policies.of(step.id), true);
  if (blocks.length > 0) {
    replay.refuse(
      'window',
      `Event ${event.seq} (${event.type} of "${step.id}") is dated ${
        event.at
      }, when ${blocks
        .map(({ kind, ref }) =>
          kind === 'window'
            ? `the window ${String(ref)} was closed`
            : 'the window of a policy was closed',
        )
        .join(' and ')}`,
    );
  }
}

/** An event names the policies that its step began under. */
export function underPolicies(replay: Replay, event: Event, step: Step): void {
  const under = replay.policies.under(step.id);
  if (!fits(event.data.policies, under)) {
    replay.refuse(
      'policy',
      `Event ${event.seq} (${event.type} of "${
        step.id
      }") does not name the policies that the step began under: ${
        under?.join(', ') ?? 'none'
      }`,
    );
  }
}

/** A wait is over. */
export function waited(replay: Replay, event: Event, step: Step): void {
  running(replay, event, step);
  if (step.guard) {
    replay.refuse(
      'guard',
      `Event ${event.seq} ends the wait "${step.id}" without a measurement of what must hold in it`,
    );
  }
  due(replay, event, step);
  replay.fields(event, ['stepId'], ['policies']);
  underPolicies(replay, event, step);
  replay.complete(step.id, {
    output: undefined,
    evidence: undefined,
    comment: undefined,
  });
}

/** An action is ordered. */
export function dispatched(replay: Replay, event: Event, step: Step): void {
  running(replay, event, step);
  const state = replay.step(step.id);
  const { data } = event;
  replay.fields(
    event,
    ['stepId', 'attempt', 'try', 'idempotencyKey', 'action', 'input'],
    ['bypassed'],
  );
  if (
    !isAutomated(step) ||
    state.dispatched ||
    data.try !== state.tries + 1 ||
    data.attempt !== state.attempt
  ) {
    replay.refuse(
      'order',
      `Event ${event.seq} orders try ${data.try} of attempt ${data.attempt} of "${step.id}" out of turn`,
    );
  }
  due(replay, event, step);
  assertOpen(replay, event, step);
  const key = `${replay.run.runId}/${step.id}/${state.attempt}`;
  let input: Json | undefined;
  try {
    input = fillIn(step.input ?? {}, replay.context());
  } catch {
    input = undefined;
  }
  if (
    data.idempotencyKey !== key ||
    data.action !== step.action ||
    !fits(data.bypassed, bypassed(replay, step, true)) ||
    !fits(data.input, input)
  ) {
    replay.refuse(
      'content',
      `Event ${event.seq} orders ${data.action} with an input or a key that the procedure does not give`,
    );
  }
  replay.touch(step.id, {
    dispatched: true,
    tries: Number(data.try),
    dueAt: undefined,
    errorName: undefined,
  });
}

/** An action cannot be ordered, because its input cannot be had. */
export function undispatchable(replay: Replay, event: Event, step: Step): void {
  running(replay, event, step);
  const { dispatched: busy } = replay.step(step.id);
  due(replay, event, step);
  assertOpen(replay, event, step);
  replay.fields(event, ['stepId', 'error']);
  let possible = true;
  try {
    fillIn(step.input ?? {}, replay.context());
  } catch {
    possible = false;
  }
  if (busy || possible || !isAutomated(step)) {
    replay.refuse(
      'order',
      `Event ${event.seq} says that "${step.id}" failed; nothing in the journal says why`,
    );
  }
  replay.failed(step.id, (event.data.error as { name: string }).name);
}

/** A try has no good end. */
export function tryFailed(replay: Replay, event: Event, step: Step): void {
  running(replay, event, step);
  replay.fields(event, ['stepId', 'attempt', 'try', 'error'], ['retryAt']);
  const state = replay.step(step.id);
  const { data } = event;
  const error = data.error as { name: string };
  if (
    !state.dispatched ||
    data.try !== state.tries ||
    data.attempt !== state.attempt ||
    typeof error?.name !== 'string'
  ) {
    replay.refuse(
      'order',
      `Event ${event.seq} ends try ${data.try} of "${step.id}", which is not under way`,
    );
  }
  const limit = Math.max(
    step.retry?.limit ?? 0,
    error.name === OUTCOME_UNKNOWN ? LOST_TRIES : 0,
  );
  if (data.retryAt !== undefined) {
    const again = after(
      event.at,
      step.retry?.backoff ?? DEFAULT_BACKOFF,
      2 ** Math.min(state.tries - 1, 10),
    );
    if (state.tries > limit || data.retryAt !== again) {
      replay.refuse(
        'retry',
        `Event ${event.seq} plans another try of "${step.id}" at ${data.retryAt}; the procedure allows ${limit} and the time ${again}`,
      );
    }
    replay.touch(step.id, {
      dispatched: false,
      dueAt: String(data.retryAt),
      errorName: error.name,
    });
    return;
  }
  replay.touch(step.id, {
    dispatched: false,
    dueAt: undefined,
    errorName: error.name,
  });
  if (step.type === 'action' && error.name === OUTCOME_UNKNOWN) {
    leftInDoubt(replay, step, error.name);
    return;
  }
  replay.expect('step.failed', {
    stepId: step.id,
    error: { name: error.name, message: TEXT },
  });
  replay.failed(step.id, error.name);
}

/** A try has succeeded; a check's measurement must satisfy it. */
export function succeeded(replay: Replay, event: Event, step: Step): void {
  running(replay, event, step);
  replay.fields(event, ['stepId'], ['output', 'policies']);
  underPolicies(replay, event, step);
  if (!replay.step(step.id).dispatched) {
    replay.refuse(
      'order',
      `Event ${event.seq} completes "${step.id}", which was not under way`,
    );
  }
  const { output } = event.data;
  if (step.type === 'check') {
    let good = false;
    try {
      good = holds(step.expect, replay.context({ output }));
    } catch {
      good = false;
    }
    if (!good) {
      replay.refuse(
        'check',
        `Event ${event.seq} completes "${step.id}" although ${step.expect} does not hold`,
      );
    }
  }
  replay.complete(step.id, { output, evidence: undefined, comment: undefined });
}
