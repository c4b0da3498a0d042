import { ApprovalStep } from '../model/types';

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
  switch (step.quorum) {
    case 'all':
      return 'Everybody eligible must approve';
    case 'majority':
      return 'More than half of those eligible must approve';
    default:
      return `${step.quorum ?? 1} must approve`;
  }
}
