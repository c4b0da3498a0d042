import type { AnyIncidentEvent, IncidentEventData } from '../engine/types';
import { NameOf, nameOf } from './names';

/** An event for people. @public */
export interface DescribedEvent {
  /** A sentence without its subject, such as "raised the severity to SEV-1". */
  text: string;
  /** What the person wrote. */
  detail?: string;
  /** When it happened, if that was told. */
  occurredAt?: string;
}

type Describe = {
  [T in keyof IncidentEventData]: (
    data: IncidentEventData[T],
    name: NameOf,
  ) => DescribedEvent;
};

const kindOf = (obligationId: string) =>
  ({
    commander: 'to take command',
    update: 'to post an update',
    review: 'to complete the review',
    offer: 'to answer the offer',
  }[obligationId.replace(/-\d+$/, '')] ?? obligationId);
const told = (refs: string[], name: NameOf) =>
  refs.length ? `; ${refs.map(name).join(', ')} told` : '';
const minutes = (seconds: number) =>
  seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;

const DESCRIBE: Describe = {
  'incident.proposed': ({ source, severity }) => ({
    text: `Alerts of ${source} proposed the incident as ${severity}`,
  }),
  'incident.declared': ({ severity, description, drill }) => ({
    text: `declared ${drill ? 'a drill' : 'the incident'} as ${severity}`,
    detail: description,
  }),
  'incident.confirmed': ({ severity }) => ({
    text: `confirmed the incident as ${severity}`,
  }),
  'incident.declined': ({ reason }) => ({
    text: 'declined the incident',
    detail: reason,
  }),
  'incident.merged': ({ intoReference, reason }) => ({
    text: `merged the incident into ${intoReference}`,
    detail: reason,
  }),
  'incident.absorbed': ({ fromReference }) => ({
    text: `merged ${fromReference} into this incident`,
  }),
  'incident.acknowledged': () => ({ text: 'acknowledged the incident' }),
  'role.taken': ({ role, from, reason }, name) => ({
    text: from
      ? `took the role ${role} over from ${name(from)}`
      : `took the role ${role}`,
    detail: reason,
  }),
  'role.offered': ({ role, to }, name) => ({
    text: `offered the role ${role} to ${name(to)}`,
  }),
  'role.accepted': ({ role, from }, name) => ({
    text: from
      ? `accepted the role ${role} from ${name(from)}`
      : `accepted the role ${role}`,
  }),
  'role.declined': ({ role, reason }) => ({
    text: `declined the role ${role}`,
    detail: reason,
  }),
  'role.offer-withdrawn': ({ role, to }, name) => ({
    text: `The offer of the role ${role} to ${name(to)} was withdrawn`,
  }),
  'role.offer-expired': ({ role, to }, name) => ({
    text: `The offer of the role ${role} to ${name(to)} expired`,
  }),
  'role.released': ({ role, reason }) => ({
    text: `laid down the role ${role}`,
    detail: reason,
  }),
  'update.posted': ({ message, audience }) => ({
    text: `posted an update for ${
      audience === 'customers' ? 'customers' : 'colleagues'
    }`,
    detail: message,
  }),
  'note.added': ({ message, occurredAt }) => ({
    text: 'wrote a note',
    detail: message,
    occurredAt,
  }),
  'severity.changed': ({ from, to, reason }) => ({
    text: `changed the severity from ${from} to ${to}`,
    detail: reason,
  }),
  'impact.stated': ({ statement, startedAt }) => ({
    text: 'stated the impact',
    detail: statement,
    occurredAt: startedAt,
  }),
  'mitigation.recorded': ({ statement, mitigatedAt }) => ({
    text: 'recorded what mitigated it',
    detail: statement,
    occurredAt: mitigatedAt,
  }),
  'incident.identified': ({ cause }) => ({
    text: 'identified the cause',
    detail: cause,
  }),
  'incident.monitored': () => ({ text: 'began to monitor the mitigation' }),
  'incident.resolved': ({ resolution }) => ({
    text: 'resolved the incident',
    detail: resolution,
  }),
  'incident.reopened': ({ reason }) => ({
    text: 'reopened the incident',
    detail: reason,
  }),
  'review.started': () => ({ text: 'began the review' }),
  'review.edited': data => ({
    text: `edited the review (${Object.keys(data).join(', ')})`,
  }),
  'review.completed': () => ({ text: 'completed the review' }),
  'review.waiver-requested': ({ reason }) => ({
    text: 'asked to waive the review',
    detail: reason,
  }),
  'review.waived': ({ reason }) => ({
    text: 'waived the review',
    detail: reason,
  }),
  'action-item.added': ({ title }) => ({
    text: `added the action item “${title}”`,
  }),
  'action-item.edited': ({ actionItemId }) => ({
    text: `edited the action item ${actionItemId}`,
  }),
  'action-item.completed': ({ actionItemId }) => ({
    text: `completed the action item ${actionItemId}`,
  }),
  'action-item.dropped': ({ actionItemId, reason }) => ({
    text: `dropped the action item ${actionItemId}`,
    detail: reason,
  }),
  'runbook.started': ({ title }) => ({ text: `started the runbook ${title}` }),
  'alerts.joined': ({ total, names }) => ({
    text:
      total === 1
        ? 'The first alert joined'
        : `${total} alerts have joined by now`,
    detail: names.join(', '),
  }),
  'incident.closed': () => ({ text: 'closed the incident' }),
  'obligation.started': ({ obligationId }) => ({
    text: `A duty began: ${kindOf(obligationId)}`,
  }),
  'obligation.warned': ({ obligationId, notify }, name) => ({
    text: `The duty ${kindOf(obligationId)} is due soon${told(notify, name)}`,
  }),
  'obligation.breached': (
    { obligationId, level, late, lateBySeconds, notify },
    name,
  ) => ({
    text: `The duty ${kindOf(
      obligationId,
    )} was not done in time (level ${level}${
      late ? `, recorded ${minutes(lateBySeconds)} late` : ''
    })${told(notify, name)}`,
  }),
  'obligation.satisfied': ({ obligationId, inTime }) => ({
    text: `The duty ${kindOf(obligationId)} was done ${
      inTime ? 'in time' : 'late'
    }`,
  }),
  'obligation.cancelled': ({ obligationId, reason }) => ({
    text: `The duty ${kindOf(obligationId)} ended: ${reason}`,
  }),
};

/**
 * An event as a sentence. Sentences about what a person did lack their subject;
 * the engine's own are whole. People are called as `name` knows them.
 * @public
 */
export function describeIncidentEvent(
  event: Pick<AnyIncidentEvent, 'type' | 'data'>,
  name: NameOf = nameOf,
): DescribedEvent {
  const describe = DESCRIBE[event.type] as (
    data: AnyIncidentEvent['data'],
    name: NameOf,
  ) => DescribedEvent;
  return describe(event.data, name);
}
