import { COMMANDER } from '../policy/types';
import { AnyIncidentEvent, IncidentState, RoleState } from './types';

type RoleEvent = Extract<AnyIncidentEvent, { type: `role.${string}` }>;

/** Whether an event is about who holds a role. */
export function isRoleEvent(event: AnyIncidentEvent): event is RoleEvent {
  return event.type.startsWith('role.');
}

/** Applies an event about a role. */
export function applyRole(
  state: IncidentState,
  event: RoleEvent,
): IncidentState {
  const { role } = event.data;
  const current = state.roles[role] ?? {};
  const next: IncidentState = {
    ...state,
    roles: { ...state.roles, [role]: change(current, event) },
  };
  if (event.type !== 'role.taken' && event.type !== 'role.accepted') {
    return next;
  }
  // To accept a role is a human sign of life.
  return {
    ...next,
    acknowledgedAt: state.acknowledgedAt ?? event.at,
    ...(role === COMMANDER && !state.commandedAt
      ? { commandedAt: event.at }
      : {}),
  };
}

function change(current: RoleState, event: RoleEvent): RoleState {
  const { offer: _, ...settled } = current;
  switch (event.type) {
    case 'role.taken':
    case 'role.accepted':
      return {
        ...(event.actor ? { holder: event.actor } : {}),
        acceptedAt: event.at,
      };
    case 'role.offered': {
      const { to, expiresAt, obligationId } = event.data;
      return {
        ...settled,
        offer: {
          to,
          by: event.actor ?? '',
          at: event.at,
          expiresAt,
          obligationId,
        },
      };
    }
    case 'role.released':
      return {};
    default:
      return settled;
  }
}
