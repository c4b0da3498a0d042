import { fillIn } from './expressions';
import type { Replay } from './Replay';
import { Tightened } from './tighten';
import { Block, Event, StepState } from './types';

const MAX_KEY = 200;

/**
 * The key of the lock that a step still needs to begin: its own lock, or else
 * the first that a policy demands.
 * @throws Error when the key is no acceptable text
 */
export function neededLock(
  replay: Replay,
  { step, locks }: Tightened,
  begun: boolean,
): string | undefined {
  const template: string | undefined = step.lock ?? locks[0];
  if (
    begun ||
    template === undefined ||
    replay.step(step.id).lock?.isAcquired
  ) {
    return undefined;
  }
  const value = fillIn(template, replay.context());
  const key = typeof value === 'string' ? value.trim() : '';
  if (key === '' || key.length > MAX_KEY) {
    throw new Error(`${template} gives no key of a lock`);
  }
  return key;
}

/** The lock that a step waits for, or has, once it was told what keeps it. */
export function lockOf(
  blocks: Block[],
  before: StepState['lock'],
): StepState['lock'] {
  const key = blocks.find(({ kind }) => kind === 'lock')?.ref;
  if (key === undefined) {
    return before?.isAcquired ? before : undefined;
  }
  return before?.key === key ? before : { key, isAcquired: false };
}

/** What is said when a lock is granted; whether it may be is another matter. */
export function grantedLock(
  replay: Replay,
  event: Event,
  id: string,
): { key: string } {
  const { blocked, lock } = replay.step(id);
  replay.fields(event, ['stepId', 'attempt', 'key']);
  if (event.actor !== undefined) {
    replay.refuse(
      'actor',
      `Event ${event.seq} (${event.type}) names ${event.actor}; only the engine itself may cause it`,
    );
  }
  const { attempt, key } = event.data;
  if (!blocked || blocked.attempt !== attempt || !lock || lock.isAcquired) {
    return replay.refuse(
      'lock',
      `Event ${event.seq} grants a lock to attempt ${attempt} of "${id}", which does not wait for one`,
    );
  }
  if (lock.key !== key) {
    replay.refuse(
      'lock',
      `Event ${event.seq} grants the lock ${key} to "${id}", which waits for ${lock.key}`,
    );
  }
  return { key: lock.key };
}
