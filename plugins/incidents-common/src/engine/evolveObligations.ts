import { AnyIncidentEvent, IncidentState, Obligation } from './types';

type ObligationEvent = Extract<
  AnyIncidentEvent,
  { type: `obligation.${string}` }
>;

/** Whether an event is about a duty. */
export function isObligationEvent(
  event: AnyIncidentEvent,
): event is ObligationEvent {
  return event.type.startsWith('obligation.');
}

/** Applies an event about a duty. */
export function applyObligation(
  state: IncidentState,
  event: ObligationEvent,
): IncidentState {
  if (event.type === 'obligation.started') {
    const obligation: Obligation = {
      ...event.data,
      state: 'pending',
      startedAt: event.at,
      level: 0,
      notified: [],
    };
    return { ...state, obligations: [...state.obligations, obligation] };
  }
  const { obligationId } = event.data;
  return {
    ...state,
    obligations: state.obligations.map(one =>
      one.obligationId === obligationId
        ? { ...one, ...patch(one, event) }
        : one,
    ),
  };
}

function patch(
  obligation: Obligation,
  event: Exclude<ObligationEvent, { type: 'obligation.started' }>,
): Partial<Obligation> {
  const { at } = event;
  const told = (refs: string[]) => [
    ...new Set([...obligation.notified, ...refs]),
  ];
  switch (event.type) {
    case 'obligation.warned':
      return {
        state: 'warned',
        warnedAt: at,
        notified: told(event.data.notify),
      };
    case 'obligation.breached':
      return {
        state: 'breached',
        level: event.data.level,
        breachedAt: obligation.breachedAt ?? at,
        lateBySeconds: obligation.lateBySeconds ?? event.data.lateBySeconds,
        notified: told(event.data.notify),
      };
    case 'obligation.satisfied':
      return {
        state: 'satisfied',
        satisfiedAt: at,
        satisfiedBy: event.data.by,
      };
    default:
      return { state: 'cancelled', cancelledAt: at };
  }
}
