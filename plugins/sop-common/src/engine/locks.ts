import { InputError } from '@backstage/errors';
import { interpolate } from '../expression';
import { SopStep } from '../model/types';
import { tighteningOf } from '../policy/tightenStep';
import type { Recorder } from './Recorder';
import { StepBlock } from './types';

/** Greatest length of a lock's key, filled in. */
const MAX_KEY_LENGTH = 200;

/**
 * The lock that keeps a step from beginning: until the worker grants it, the
 * step waits in the queue of the lock.
 * @throws InputError when the key is not acceptable
 */
export function lockBlocks(
  recorder: Recorder,
  step: SopStep,
  begun: boolean,
): StepBlock[] {
  // A step has one lock: its own, or else the first that a policy demands.
  const template = step.lock ?? tighteningOf(step)?.locks[0]?.key;
  if (
    begun ||
    template === undefined ||
    recorder.step(step.id).lock?.acquiredAt
  ) {
    return [];
  }
  const key = keyOf(recorder, step.id, template);
  return [
    {
      kind: 'lock',
      sentence: `it needs the lock “${key}”, which one step has at a time`,
      ref: key,
    },
  ];
}

function keyOf(recorder: Recorder, stepId: string, template: string): string {
  const value = interpolate(template, recorder.context(stepId));
  const key = typeof value === 'string' ? value.trim() : '';
  if (key === '' || key.length > MAX_KEY_LENGTH) {
    throw new InputError(
      `lock: found ${JSON.stringify(value).slice(
        0,
        80,
      )}; allowed: text of 1 to ${MAX_KEY_LENGTH} characters (${template})`,
    );
  }
  return key;
}
