import { fillIn, holds } from './expressions';
import { TEXT } from './prediction';
import { Replay } from './Replay';
import { after } from './times';
import { Event, Json, Step } from './types';

const DEFAULT_LIMIT = 2;
const DEFAULT_BACKOFF = 'PT5S';

/** What must hold while a step waits was measured. */
export function measured(replay: Replay, event: Event, step: Step): void {
  const { status, guard } = replay.step(step.id);
  if (!step.guard || !guard || status !== 'running') {
    return replay.fail(
      'order',
      `Event ${event.seq} measures "${step.id}", which has nothing to measure`,
    );
  }
  if (event.at < guard.nextAt) {
    replay.fail(
      'time',
      `Event ${event.seq} measures "${step.id}" at ${event.at}; that was not due before ${guard.nextAt}`,
    );
  }
  const { output } = event.data;
  if ('error' in event.data) {
    return unknown(replay, event, step, guard.failures + 1);
  }
  const context = replay.context({ output });
  let good: boolean | undefined;
  try {
    good = holds(step.guard.expect, context);
    if (!good) {
      fillIn(step.guard.message ?? '', context);
    }
  } catch {
    // The error is the one of the expression then.
    good = undefined;
  }
  return good
    ? held(replay, step, output, guard.nextAt)
    : broken(replay, step, output, good === false);
}

const about = (replay: Replay, { id }: Step) => ({
  stepId: id,
  attempt: replay.step(id).attempt,
});

function broken(
  replay: Replay,
  step: Step,
  output: Json,
  isPlain: boolean,
): void {
  const { id } = step;
  replay.expect('guard.measured', {
    ...about(replay, step),
    ok: false,
    output,
  });
  const { data } = replay.expect('step.failed', {
    stepId: id,
    error: { name: TEXT, message: TEXT },
  });
  const { name } = data.error as { name: string };
  if ((name === 'GuardFailed') !== isPlain) {
    replay.refuse(
      'guard',
      `"${id}" is said to have failed by ${name}, which its measurement does not lead to`,
    );
  }
  replay.failed(id, name);
}

/** It holds: the wait goes on, or ends with this measurement. */
function held(
  replay: Replay,
  step: Step,
  output: Json,
  expectedAt: string,
): void {
  const { at } = replay.cause;
  const { every } = step.guard;
  const before = replay.step(step.id).dueAt ?? at;
  // Time in which nobody measured does not count.
  const missed = step.duration && at > after(expectedAt, every);
  const late = Date.parse(at) - Date.parse(expectedAt);
  const dueAt = missed
    ? new Date(Date.parse(before) + late).toISOString()
    : before;
  const isOver = dueAt <= at;
  const next = after(at, every);
  const nextAt = next < dueAt ? next : dueAt;
  replay.expect('guard.measured', {
    ...about(replay, step),
    ok: true,
    output,
    nextAt: isOver ? undefined : nextAt,
    dueAt: dueAt === before ? undefined : dueAt,
  });
  replay.touch(step.id, {
    dueAt,
    guard: { nextAt: isOver ? expectedAt : nextAt, failures: 0 },
  });
  if (isOver) {
    const policies = replay.policies.under(step.id);
    replay.expect('step.completed', { stepId: step.id, output, policies });
    replay.complete(step.id, {
      output,
      evidence: undefined,
      comment: undefined,
    });
  }
}

/** It could not be measured, which is tried again a few times only. */
function unknown(
  replay: Replay,
  event: Event,
  step: Step,
  failures: number,
): void {
  const { error, nextAt } = event.data;
  const { limit = DEFAULT_LIMIT, backoff = DEFAULT_BACKOFF } =
    step.guard.retry ?? {};
  const again = nextAt !== undefined;
  if (again && failures > limit) {
    replay.fail(
      'retry',
      `Event ${event.seq} plans to measure "${step.id}" again; the procedure allows that ${limit} times`,
    );
  }
  const { name, message } = error as { name: string; message: string };
  replay.expect('guard.measured', {
    ...about(replay, step),
    ok: false,
    error: { name, message },
    nextAt: again ? after(event.at, backoff) : undefined,
  });
  if (again) {
    const guard = { nextAt: String(nextAt), failures };
    replay.touch(step.id, { guard });
    return;
  }
  replay.expect('step.failed', {
    stepId: step.id,
    error: { name: 'GuardUnknown', message: TEXT },
  });
  replay.failed(step.id, 'GuardUnknown');
}
