import { holds } from './expressions';
import { due, running } from './machines';
import { Replay } from './Replay';
import { after } from './times';
import { Event, Json, Step } from './types';

const LOOKBACK = 'PT15M';

/** Whether a step waits for an event of the world outside. */
function isMeant(
  replay: Replay,
  step: Step,
  inbound: Record<string, Json>,
): boolean {
  const { startedAt, events } = replay.step(step.id);
  const { id, source, topic } = inbound;
  const at = String(inbound.receivedAt);
  try {
    return (
      topic === step.topic &&
      (step.source === undefined || source === step.source) &&
      !events?.includes(`${source}/${id}`) &&
      at >= replay.run.startedAt &&
      after(at, step.lookback ?? LOOKBACK) >= (startedAt ?? at) &&
      holds(step.correlate, replay.context({ event: inbound }))
    );
  } catch {
    return false;
  }
}

/** What a step listened for came; its payload stands in what follows. */
export function received(replay: Replay, event: Event, step: Step): void {
  running(replay, event, step);
  replay.fields(event, [
    ...['stepId', 'attempt', 'eventId'],
    ...['source', 'topic', 'receivedAt'],
  ]);
  const { attempt, eventId, source, topic, receivedAt } = event.data;
  const state = replay.step(step.id);
  const payload = replay.peekNow()?.data.output;
  const inbound = { id: eventId, source, topic, receivedAt };
  if (
    step.type !== 'listen' ||
    attempt !== state.attempt ||
    !isMeant(replay, step, {
      ...inbound,
      ...(payload === undefined ? {} : { payload }),
    })
  ) {
    replay.refuse(
      'listen',
      `Event ${event.seq} is about ${topic} from ${source}, received at ${receivedAt}; attempt ${state.attempt} of "${step.id}" does not wait for that`,
    );
  }
  const events = [...(state.events ?? []), `${source}/${eventId}`];
  replay.touch(step.id, { events });
  replay.expect('step.completed', {
    stepId: step.id,
    output: payload,
    policies: replay.policies.under(step.id),
  });
  replay.complete(step.id, {
    output: payload,
    evidence: undefined,
    comment: undefined,
  });
}

/** Nothing came in time. */
export function unheard(replay: Replay, event: Event, step: Step): void {
  running(replay, event, step);
  replay.fields(event, ['stepId', 'error']);
  due(replay, event, step);
  const error = event.data.error as { name?: string; message?: string };
  if (
    !replay.step(step.id).dueAt ||
    error?.name !== 'TimeoutError' ||
    !error.message
  ) {
    replay.refuse(
      'order',
      `Event ${event.seq} says that "${step.id}" failed; nothing in the journal says why`,
    );
  }
  replay.failed(step.id, 'TimeoutError');
}
