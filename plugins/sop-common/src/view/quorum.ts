import { ApprovalStep } from '../model/types';
import { tighteningOf } from '../policy/tightenStep';

/**
 * How many must approve, for people.
 * @param count - as told by `tally`, when the electorate is known
 * @public
 */
export function describeQuorum(
  step: ApprovalStep,
  count?: { required: number; eligible: number },
): string {
  if (count && count.eligible > 0) {
    return `${count.required} of ${count.eligible} must approve`;
  }
  const least = tighteningOf(step)?.minQuorum ?? 1;
  const atLeast = least > 1 ? `, and at least ${least}` : '';
  switch (step.quorum) {
    case 'all':
      return `Everybody eligible must approve${atLeast}`;
    case 'majority':
      return `More than half of those eligible must approve${atLeast}`;
    default:
      return `${Math.max(step.quorum ?? 1, least)} must approve`;
  }
}
