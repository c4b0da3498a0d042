import canonicalize from 'canonicalize';
import { SopStep } from '../model/types';
import { tighteningOf } from '../policy/tightenStep';
import { policyWindowBlocks } from '../policy/windowBlocks';
import { lockBlocks } from './locks';
import type { Recorder } from './Recorder';
import { StepBlock } from './types';
import { windowBlocks } from './windows';

/**
 * Finds what keeps a step now. Pure: time and everything else outside the run
 * come from `recorder.facts`.
 *
 * @param begun - false before the step begins; true before an automated step
 * that has begun calls its action again
 */
export type BlockRule = (
  recorder: Recorder,
  step: SopStep,
  begun: boolean,
) => StepBlock[];

/** Windows that policies of the target's owners demand. */
const policyWindowRule: BlockRule = (recorder, step) =>
  policyWindowBlocks(tighteningOf(step)?.windows ?? [], recorder.facts.now);

/** Every rule that may keep a step, in the order in which blocks are told. */
export const BLOCK_RULES: BlockRule[] = [windowBlocks, policyWindowRule];

/** Everything that keeps a step now. */
export function blocksOf(
  recorder: Recorder,
  step: SopStep,
  begun: boolean,
): StepBlock[] {
  const { skips } = recorder.step(step.id);
  const counts = ({ kind }: StepBlock) => !skips?.includes(kind);
  const blocks = BLOCK_RULES.flatMap(rule => rule(recorder, step, begun));
  const left = blocks.filter(counts);
  // Nobody waits for a lock, or has it, while something else keeps the step.
  return left.length > 0
    ? left
    : lockBlocks(recorder, step, begun).filter(counts);
}

/**
 * Records that a step may not begin, or go on, as long as something keeps it.
 * @param attempt - the attempt of the step that would begin or go on
 */
export function isBlocked(
  recorder: Recorder,
  step: SopStep,
  attempt: number,
): boolean {
  const current = recorder.step(step.id);
  const blocks = blocksOf(recorder, step, attempt === current.attempt);
  if (blocks.length === 0) {
    return false;
  }
  // The same again is no news.
  if (canonicalize(blocks) !== canonicalize(current.blocked?.blocks)) {
    recorder.emit('step.blocked', { stepId: step.id, attempt, blocks });
  }
  return true;
}

/**
 * Looks at a blocked step again and lets it go when nothing keeps it any more.
 * @returns whether the step is as before it was blocked
 */
export function unblock(recorder: Recorder, step: SopStep): boolean {
  const { blocked } = recorder.step(step.id);
  if (!blocked) {
    return true;
  }
  if (isBlocked(recorder, step, blocked.attempt)) {
    return false;
  }
  recorder.emit('step.unblocked', { stepId: step.id });
  return true;
}
