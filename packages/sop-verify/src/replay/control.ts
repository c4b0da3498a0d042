import { isHuman } from './human';
import {
  excluded,
  fullRef,
  hasBasis,
  isPerson,
  isText,
  owners,
} from './people';
import { Replay } from './Replay';
import { cancelOpen, rollBack } from './settle';
import { Event } from './types';

/** Who started the run and who owns the procedure steer it. */
function mayControl(replay: Replay, event: Event): boolean {
  const { actor = '', data } = event;
  return actor === replay.run.initiator
    ? data.basis === actor
    : hasBasis(actor, data.basis, [fullRef(replay.procedure.owner)]);
}

/** A failed step is tried again. */
export function retried(replay: Replay, event: Event): void {
  replay.fields(event, ['stepIds', 'reason', 'basis']);
  const { actor = '', data } = event;
  const [id] = data.stepIds as string[];
  const step = replay.outline.has(id) && replay.policies.of(id).step;
  if (!step || replay.step(id).status !== 'failed') {
    return replay.refuse(
      'order',
      `Event ${event.seq} tries "${id}" again, which has not failed`,
    );
  }
  if (!isText(data.reason)) {
    replay.refuse('reason', `Event ${event.seq} has no acceptable reason`);
  }
  if (!mayControl(replay, event)) {
    const barred = isHuman(step) ? excluded(replay.run, step) : [];
    const worker =
      actor !== replay.run.initiator &&
      isHuman(step) &&
      (isPerson(actor) || step.type === 'manual') &&
      !barred.includes(actor) &&
      !barred.includes(String(data.basis)) &&
      hasBasis(actor, data.basis, owners(replay.run, replay.procedure, step));
    if (!worker) {
      replay.refuse(
        'role',
        `Event ${event.seq}: ${actor} may not retry "${id}"`,
      );
    }
  }
  return replay.reset([id]);
}

/**
 * Cancels, rolls back or gives up. The steps that end by it stand before the
 * event that says so and who did it.
 */
export function steered(replay: Replay): void {
  let offset = 0;
  while (replay.peek(offset)?.type === 'step.cancelled') {
    offset += 1;
  }
  const event = replay.peek(offset);
  const first = replay.peek()!;
  if (
    !event?.actor ||
    !['run.failed', 'run.cancelled', 'compensation.started'].includes(
      event.type,
    )
  ) {
    return replay.fail(
      event ? 'order' : 'incomplete',
      `Event ${first.seq} (${first.type}) has no cause in the journal`,
    );
  }
  replay.enter(event.actor);
  const { run } = replay;
  const { basis, reason } = event.data;
  const cancels =
    event.type === 'run.cancelled' || event.data.cause === 'cancelled';
  const givesUp = event.type === 'run.failed';
  if (cancels ? run.rollback : run.status !== 'held') {
    replay.fail(
      'order',
      `Event ${event.seq} (${event.type}) is not possible while the run is ${run.status}`,
    );
  }
  if (run.rollback && !givesUp) {
    replay.fail(
      'compensation',
      `Event ${event.seq} rolls back a run that is being rolled back`,
    );
  }
  if (!mayControl(replay, event)) {
    replay.fail(
      'role',
      `Event ${event.seq}: ${event.actor} may not steer the run`,
    );
  }
  if (!isText(reason)) {
    replay.fail('reason', `Event ${event.seq} has no acceptable reason`);
  }
  const by = { actor: event.actor, basis: String(basis) };
  if (event.type === 'compensation.started') {
    rollBack(replay, cancels ? 'cancelled' : 'failed', by);
    return undefined;
  }
  cancelOpen(replay);
  replay.expect(event.type, { reason, basis }, by.actor);
  run.status = cancels ? 'cancelled' : 'failed';
  return undefined;
}
