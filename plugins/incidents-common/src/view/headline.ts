import type { NextDuty } from '../api/types';
import {
  isOpenObligation,
  nextFiring,
  responsibleFor,
} from '../engine/obligations';
import { IncidentState, Obligation } from '../engine/types';
import { COMMANDER } from '../policy/types';

const TITLES = {
  commander: 'take command',
  update: 'post an update',
  review: 'complete the review',
} as const;

/** What is to be done, as an order. @public */
export function obligationTitle(
  obligation: Pick<Obligation, 'kind' | 'role'>,
): string {
  const text =
    obligation.kind === 'offer'
      ? `answer the offer of the role ${obligation.role}`
      : TITLES[obligation.kind];
  return text.charAt(0).toLocaleUpperCase('en-US') + text.slice(1);
}

/** Open duties, the one due first in front. @public */
export function openObligations(state: IncidentState): Obligation[] {
  return state.obligations
    .filter(isOpenObligation)
    .sort((a, b) => a.dueAt.localeCompare(b.dueAt));
}

/** What is due next and by whom. @public */
export function nextDuty(state: IncidentState): NextDuty | undefined {
  const [next] = openObligations(state);
  return next
    ? {
        obligationId: next.obligationId,
        kind: next.kind,
        title: obligationTitle(next),
        dueAt: next.dueAt,
        state: next.state,
        responsible: responsibleFor(state, next),
      }
    : undefined;
}

/** The earliest time at which the engine has something to do. @public */
export function nextWake(state: IncidentState): string | undefined {
  return state.obligations
    .map(nextFiring)
    .filter((at): at is string => at !== undefined)
    .sort()[0];
}

/** `group:default/payments` as `payments`. */
function sayName(ref: string): string {
  return ref.split('/').pop() ?? ref;
}

function sayAny(refs: string[]): string {
  const names = refs.map(sayName);
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}

/**
 * One sentence: what is due next, by whom. It names no time, so that it stays
 * true until the incident changes; the time is in {@link nextDuty}.
 * @public
 */
export function describeIncidentHeadline(state: IncidentState): string {
  switch (state.status) {
    case 'proposed':
      return 'Proposed by alerts: confirm it or decline it';
    case 'declined':
      return `Declined: ${state.endReason ?? 'no reason given'}`;
    case 'merged':
      return `Merged into ${state.mergedInto}`;
    case 'closed':
      return 'Closed';
    default:
  }
  const next = nextDuty(state);
  if (!next) {
    const commander = state.roles[COMMANDER]?.holder;
    if (state.status === 'resolved' || state.status === 'learning') {
      return 'Nothing is due; it can be closed once its action items have owner and date';
    }
    return commander
      ? `Nothing is due; ${sayName(commander)} is in command`
      : 'Nothing is due and nobody is in command';
  }
  const who = sayAny(next.responsible) || 'somebody';
  const what =
    next.title.charAt(0).toLocaleLowerCase('en-US') + next.title.slice(1);
  return next.state === 'breached'
    ? `Overdue: ${who} must ${what}`
    : `Next: ${who} must ${what}`;
}
