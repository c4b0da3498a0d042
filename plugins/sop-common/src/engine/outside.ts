import { evaluateCondition } from '../expression';
import { ListenStep } from '../model/types';
import { blocksOf, isBlocked } from './blocks';
import { isClosed } from './evolve';
import { Recorder } from './Recorder';
import { plusDuration } from './time';
import { InboundEvent, OutsideCommand } from './types';

/** How long before a step is reached an event may have come. */
const DEFAULT_LOOKBACK = 'PT15M';

/** What comes from outside the run. Too late or not for this run: no change. */
export function handleOutside(
  recorder: Recorder,
  command: OutsideCommand,
): void {
  if (isClosed(recorder.state.status)) {
    return;
  }
  if (command.type === 'lock-granted') {
    grantLock(recorder, command.stepId, command.attempt);
  } else {
    receive(recorder, command.stepId, command.attempt, command.event);
  }
}

function grantLock(recorder: Recorder, stepId: string, attempt: number): void {
  const step = recorder.index.get(stepId)?.step;
  const { blocked, lock } = recorder.step(stepId);
  if (!step || blocked?.attempt !== attempt || !lock || lock.acquiredAt) {
    return;
  }
  const keeps = blocksOf(recorder, step, false);
  if (keeps.every(({ kind, ref }) => kind === 'lock' && ref === lock.key)) {
    recorder.emit('lock.acquired', { stepId, attempt, key: lock.key });
  } else {
    // Something else keeps it by now: the next in the queue may go first.
    isBlocked(recorder, step, attempt);
  }
}

function receive(
  recorder: Recorder,
  stepId: string,
  attempt: number,
  event: InboundEvent,
): void {
  const step = recorder.index.get(stepId)?.step;
  const { status, attempt: current } = recorder.step(stepId);
  if (
    step?.type !== 'listen' ||
    status !== 'running' ||
    current !== attempt ||
    !isMeant(recorder, step, event)
  ) {
    return;
  }
  const { id: eventId, source, topic, receivedAt, payload } = event;
  recorder.emit('event.received', {
    stepId,
    attempt,
    eventId,
    source,
    topic,
    receivedAt,
  });
  recorder.emit('step.completed', { stepId, output: payload });
}

/** Whether the step waits for this event. */
function isMeant(
  recorder: Recorder,
  step: ListenStep,
  event: InboundEvent,
): boolean {
  const { startedAt, events } = recorder.step(step.id);
  const { source, topic, receivedAt, id } = event;
  if (
    topic !== step.topic ||
    (step.source !== undefined && source !== step.source) ||
    // Each event ends a step once: not the attempt after a retry as well.
    events?.includes(`${source}/${id}`) ||
    // What came before the run cannot be about it.
    receivedAt < recorder.state.startedAt ||
    plusDuration(receivedAt, step.lookback ?? DEFAULT_LOOKBACK) <
      (startedAt ?? receivedAt)
  ) {
    return false;
  }
  try {
    const context = recorder.context(step.id, { event: { ...event } });
    return evaluateCondition(step.correlate, context);
  } catch {
    // An event without what the condition asks for is another one.
    return false;
  }
}
