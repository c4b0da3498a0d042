import type { IncidentCommandType, IncidentStatus } from '../api/types';
import type { IncidentState } from './types';

/** Something that must be there before a command is possible. @public */
export type Requirement =
  | 'impact'
  | 'mitigation'
  | 'review-over'
  | 'review-open'
  | 'review-text'
  | 'waiver'
  | 'action-items';

/** In which statuses a command is possible, and what it takes besides. @public */
export interface Guard {
  from: readonly IncidentStatus[];
  needs?: readonly Requirement[];
}

const ACTIVE = ['investigating', 'identified', 'monitoring'] as const;
const AFTER = ['resolved', 'learning'] as const;
const LIVE = [...ACTIVE, ...AFTER] as const;
const OPEN = ['proposed', ...ACTIVE] as const;

/** The guard table. @public */
export const GUARDS: Readonly<Record<IncidentCommandType, Guard>> = {
  confirm: { from: ['proposed'] },
  decline: { from: ['proposed'] },
  merge: { from: OPEN },
  acknowledge: { from: ACTIVE },
  'take-role': { from: LIVE },
  'offer-role': { from: LIVE },
  'accept-role': { from: LIVE },
  'decline-role': { from: LIVE },
  'release-role': { from: LIVE },
  'post-update': { from: LIVE },
  note: { from: [...OPEN, ...AFTER] },
  'set-severity': { from: LIVE },
  'set-impact': { from: LIVE },
  'record-mitigation': { from: LIVE },
  identify: { from: ['investigating', 'monitoring'] },
  monitor: { from: ['investigating', 'identified'], needs: ['mitigation'] },
  resolve: { from: ACTIVE, needs: ['mitigation', 'impact'] },
  reopen: { from: AFTER },
  'start-review': { from: ['resolved'] },
  'edit-review': { from: AFTER, needs: ['review-open'] },
  'complete-review': { from: AFTER, needs: ['review-open', 'review-text'] },
  'waive-review': { from: AFTER, needs: ['review-open'] },
  'approve-waiver': { from: AFTER, needs: ['waiver'] },
  'add-action-item': { from: LIVE },
  'edit-action-item': { from: [...LIVE, 'closed'] },
  'complete-action-item': { from: [...LIVE, 'closed'] },
  'drop-action-item': { from: [...LIVE, 'closed'] },
  'start-runbook': { from: ACTIVE },
  close: { from: AFTER, needs: ['review-over', 'action-items'] },
};

/** What a requirement still lacks, one phrase each. */
const LACKS: Readonly<Record<Requirement, (state: IncidentState) => string[]>> =
  {
    impact: state =>
      state.impact ? [] : ['a statement of the impact (set-impact)'],
    mitigation: state =>
      state.mitigation
        ? []
        : ['what mitigated it and when (record-mitigation)'],
    'review-open': ({ review }) =>
      review.state === 'done' || review.state === 'waived'
        ? [`a review that is not ${review.state} already`]
        : [],
    'review-text': ({ review }) =>
      (
        [
          ['summary', 'a summary'],
          ['causes', 'the causes'],
          ['wentWell', 'what went well'],
        ] as const
      ).flatMap(([field, name]) =>
        review[field].trim() ? [] : [`${name} in the review (edit-review)`],
      ),
    waiver: ({ review }) =>
      review.state === 'waiver-requested'
        ? []
        : ['a waiver that waits for a second person (waive-review)'],
    'review-over': ({ review }) =>
      review.state === 'done' || review.state === 'waived'
        ? []
        : [
            review.state === 'waiver-requested'
              ? 'a second person for the waiver of the review (approve-waiver)'
              : 'the review, done or waived with a reason (complete-review, waive-review)',
          ],
    'action-items': ({ actionItems }) =>
      actionItems
        .filter(item => item.state === 'open')
        .flatMap(item => [
          ...(item.owner
            ? []
            : [`an owner of the action item “${item.title}”`]),
          ...(item.dueOn
            ? []
            : [`a due date of the action item “${item.title}”`]),
        ]),
  };

/** Whether and why a command is not possible now. @public */
export interface GuardRefusal {
  /** One sentence. */
  message: string;
  /** What would have to be there; empty when the status is the matter. */
  missing: string[];
}

/**
 * What stands in the way of a command as the incident is now, no matter who
 * gives it. Undefined when nothing does.
 * @public
 */
export function guardRefusal(
  state: IncidentState,
  type: IncidentCommandType,
): GuardRefusal | undefined {
  const guard = GUARDS[type];
  if (!guard.from.includes(state.status)) {
    return {
      message: `${state.reference} is ${
        state.status
      }; "${type}" is possible while it is ${sayOr(guard.from)}`,
      missing: [],
    };
  }
  const missing = (guard.needs ?? []).flatMap(need => LACKS[need](state));
  return missing.length
    ? {
        message: `"${type}" of ${state.reference} lacks ${missing.join('; ')}`,
        missing,
      }
    : undefined;
}

function sayOr(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
