import type { NextDuty } from '../api/types';
import {
  isOpenObligation,
  nextFiring,
  responsibleFor,
} from '../engine/obligations';
import { IncidentState, Obligation } from '../engine/types';
import { COMMANDER } from '../policy/types';
import { NameOf, nameOf } from './names';

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

function sayAny(names: string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}

/** A duty as a sentence, by whom it is due. @public */
export function describeDuty(duty: NextDuty, name: NameOf = nameOf): string {
  const who = sayAny(duty.responsible.map(name)) || 'somebody';
  const what =
    duty.title.charAt(0).toLocaleLowerCase('en-US') + duty.title.slice(1);
  return duty.state === 'breached'
    ? `Overdue: ${who} must ${what}`
    : `Next: ${who} must ${what}`;
}

/** That nothing is due while somebody, or nobody, is in command. @public */
export function describeCommand(
  commander: string | undefined,
  name: NameOf = nameOf,
): string {
  return commander
    ? `Nothing is due; ${name(commander)} is in command`
    : 'Nothing is due and nobody is in command';
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
  if (next) {
    return describeDuty(next);
  }
  return state.status === 'resolved' || state.status === 'learning'
    ? 'Nothing is due; it can be closed once its action items have owner and date'
    : describeCommand(state.roles[COMMANDER]?.holder);
}
