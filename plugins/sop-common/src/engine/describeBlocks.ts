import { StepBlock } from './types';

/**
 * What keeps a step, as a sentence without its full stop and without instants.
 * @public
 */
export function describeBlocks(blocks: readonly StepBlock[]): string {
  return `Blocked because ${blocks.map(one => one.sentence).join(', and ')}`;
}
