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

/** What each command does, in words that follow "To". */
const PURPOSE: Readonly<Record<IncidentCommandType, string>> = {
  confirm: 'confirm it',
  decline: 'decline it',
  merge: 'merge it into another one',
  acknowledge: 'acknowledge it',
  'take-role': 'take a role',
  'offer-role': 'offer a role',
  'accept-role': 'accept a role',
  'decline-role': 'decline a role',
  'release-role': 'lay down a role',
  'post-update': 'post an update',
  note: 'write a note',
  'set-severity': 'change the severity',
  'set-impact': 'record the impact',
  'record-mitigation': 'record what mitigated it',
  identify: 'record the cause',
  monitor: 'monitor it',
  resolve: 'resolve it',
  reopen: 'reopen it',
  'start-review': 'start the review',
  'edit-review': 'write the review',
  'complete-review': 'complete the review',
  'waive-review': 'waive the review',
  'approve-waiver': 'approve the waiver of the review',
  'add-action-item': 'add an action item',
  'edit-action-item': 'change an action item',
  'complete-action-item': 'complete an action item',
  'drop-action-item': 'drop an action item',
  'start-runbook': 'start a runbook',
  close: 'close it',
};

/** What is still to be done for a requirement, one order each. */
const LACKS: Readonly<Record<Requirement, (state: IncidentState) => string[]>> =
  {
    impact: state => (state.impact ? [] : ['record the impact']),
    mitigation: state =>
      state.mitigation ? [] : ['record what mitigated it and when'],
    // Nothing that anybody could do helps; see `guardRefusal`.
    'review-open': () => [],
    'review-text': ({ review }) =>
      (
        [
          ['summary', 'what happened'],
          ['causes', 'what led to it'],
          ['wentWell', 'what went well'],
        ] as const
      ).flatMap(([field, name]) =>
        review[field].trim() ? [] : [`write ${name} in the review`],
      ),
    waiver: ({ review }) =>
      review.state === 'waiver-requested'
        ? []
        : ['ask for a waiver with its reason'],
    'review-over': ({ review }) =>
      isReviewOver(review)
        ? []
        : [
            review.state === 'waiver-requested'
              ? 'have a second person approve the waiver of the review'
              : 'complete the review, or waive it with a reason',
          ],
    'action-items': ({ actionItems }) =>
      actionItems
        .filter(item => item.state === 'open')
        .flatMap(item => [
          ...(item.owner
            ? []
            : [`give the action item “${item.title}” an owner`]),
          ...(item.dueOn
            ? []
            : [`give the action item “${item.title}” a due date`]),
        ]),
  };

function isReviewOver({ state }: IncidentState['review']): boolean {
  return state === 'done' || state === 'waived';
}

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
  const { from, needs = [] } = GUARDS[type];
  const { reference, status, review } = state;
  if (!from.includes(status)) {
    return {
      message: `${reference} is ${status}; to ${
        PURPOSE[type]
      }, it must be ${sayOr(from)}`,
      missing: [],
    };
  }
  if (needs.includes('review-open') && isReviewOver(review)) {
    return {
      message: `The review of ${reference} is ${review.state} already`,
      missing: [],
    };
  }
  const missing = needs.flatMap(need => LACKS[need](state));
  return missing.length
    ? {
        message: `${reference}: to ${PURPOSE[type]}, first ${missing.join(
          '; ',
        )}`,
        missing,
      }
    : undefined;
}

function sayOr(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
