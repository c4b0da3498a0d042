import {
  AnyIncidentEvent,
  IncidentState,
  obligationTitle,
} from '@handrail/plugin-incidents-common';
import { OutboxMessage } from '../database/outbox';

/** Topic of the events service on which changes are announced. */
export const INCIDENT_TOPIC = 'incidents.incident';

/** What a notification says. */
interface News {
  recipients: string[];
  title: string;
  description?: string;
  severity: 'critical' | 'high' | 'normal';
}

/**
 * What others are told about a change: browsers by a signal, people by
 * notifications, other plugins by events. Written with the change itself, so
 * that nothing is announced that did not happen and nothing that happened stays
 * unannounced.
 */
export function announce(
  state: IncidentState,
  events: AnyIncidentEvent[],
): OutboxMessage[] {
  const { incidentId, seq } = state;
  const key = `${incidentId}/${seq}`;
  const involved = people(involvedIn(state));
  return [
    {
      idempotencyKey: `${key}/event`,
      channel: 'event',
      payload: { events: events.map(event => toCloudEvent(state, event)) },
    },
    ...(involved.length
      ? [
          {
            idempotencyKey: `${key}/signal`,
            channel: 'signal' as const,
            payload: { recipients: involved, incidentId, version: seq },
          },
        ]
      : []),
    ...events.flatMap(event => notify(state, event)),
  ];
}

function notify(
  state: IncidentState,
  event: AnyIncidentEvent,
): OutboxMessage[] {
  const news = newsOf(state, event);
  const recipients = people(news?.recipients ?? []);
  if (!news || recipients.length === 0) {
    return [];
  }
  const { incidentId, reference } = state;
  return [
    {
      idempotencyKey: `${incidentId}/${event.seq}/notification`,
      channel: 'notification',
      payload: {
        recipients: {
          type: 'entity',
          entityRef: recipients,
          ...(event.actor?.startsWith('user:')
            ? { excludeEntityRef: event.actor }
            : {}),
        },
        payload: {
          title: `${reference}: ${news.title}`,
          description: news.description ?? state.title,
          link: `/incidents/${reference}`,
          severity: news.severity,
          topic: 'incidents',
          scope: `incidents:${incidentId}:${event.seq}`,
        },
      },
    },
  ];
}

function newsOf(
  state: IncidentState,
  event: AnyIncidentEvent,
): News | undefined {
  const duty = (obligationId: string) => {
    const one = state.obligations.find(
      other => other.obligationId === obligationId,
    );
    return one ? obligationTitle(one) : obligationId;
  };
  switch (event.type) {
    case 'incident.proposed':
      return {
        recipients: state.owners,
        title: `Alerts propose an incident (${state.severity})`,
        severity: 'high',
      };
    case 'incident.declared':
    case 'incident.confirmed':
      return {
        recipients: state.owners,
        title: `${state.drill ? 'Drill' : 'Incident'} declared (${
          state.severity
        })`,
        severity: 'high',
      };
    case 'role.offered':
      return {
        recipients: [event.data.to],
        title: `The role ${event.data.role} is offered to you`,
        severity: 'high',
      };
    case 'severity.changed':
      return {
        recipients: involvedIn(state),
        title: `Now ${event.data.to}, was ${event.data.from}`,
        description: event.data.reason,
        severity: 'high',
      };
    case 'obligation.warned':
      return {
        recipients: event.data.notify,
        title: `Due soon: ${duty(event.data.obligationId)}`,
        severity: 'high',
      };
    case 'obligation.breached':
      return {
        recipients: event.data.notify,
        title: `Overdue: ${duty(event.data.obligationId)}`,
        severity: 'critical',
      };
    case 'review.waiver-requested':
      return {
        recipients: state.owners,
        title: 'A waiver of the review waits for a second person',
        description: event.data.reason,
        severity: 'normal',
      };
    case 'incident.resolved':
    case 'incident.reopened':
    case 'incident.closed':
      return {
        recipients: involvedIn(state),
        title: event.type.replace(/^incident\.(.)/, (_, first) =>
          String(first).toLocaleUpperCase('en-US'),
        ),
        severity: 'normal',
      };
    default:
      return undefined;
  }
}

function involvedIn(state: IncidentState): string[] {
  return [
    state.declaredBy ?? '',
    ...state.owners,
    ...Object.values(state.roles).flatMap(role => [
      role.holder ?? '',
      role.offer?.to ?? '',
    ]),
  ];
}

/** Users and groups; services read no messages. */
function people(refs: string[]): string[] {
  return [...new Set(refs)].filter(ref => /^(user|group):/.test(ref));
}

/** What people wrote stays out: not every plugin may see it. */
function toCloudEvent(state: IncidentState, event: AnyIncidentEvent): object {
  const { incidentId, reference, severity, status, entityRefs } = state;
  return {
    specversion: '1.0',
    id: `${incidentId}/${event.seq}`,
    source: '/api/incidents',
    type: `dev.handrail.incidents.${event.type}`,
    subject: incidentId,
    time: event.at,
    data: {
      incidentId,
      reference,
      seq: event.seq,
      severity,
      status,
      entityRefs,
      drill: state.drill,
      actor: event.actor,
      obligationId:
        'obligationId' in event.data ? event.data.obligationId : undefined,
    },
  };
}
