import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { DateTime } from 'luxon';
import type { IncidentCommandType } from '../api/types';
import { MAX_TEXT_LENGTH, MAX_TITLE_LENGTH } from '../policy/types';
import { guardRefusal } from './guards';
import {
  ActionItem,
  IncidentActor,
  IncidentFacts,
  IncidentState,
} from './types';

/** How far the sender's clock may be ahead of ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** @throws ConflictError whose `missing` lists what is missing. */
export function assertGuard(
  state: IncidentState,
  type: IncidentCommandType,
): void {
  const refusal = guardRefusal(state, type);
  if (refusal) {
    throw Object.assign(new ConflictError(refusal.message), {
      missing: refusal.missing,
    });
  }
}

/** @throws InputError when it is too long. */
export function optionalText(
  value: string | undefined,
  name: string,
  most = MAX_TEXT_LENGTH,
): string | undefined {
  const trimmed = value?.trim() ?? '';
  if (trimmed.length > most) {
    throw new InputError(
      `${name} has ${trimmed.length} characters; at most ${most} are allowed`,
    );
  }
  return trimmed || undefined;
}

/** @throws InputError when there is none or it is too long. */
export function requiredText(
  value: string | undefined,
  name: string,
  most = MAX_TEXT_LENGTH,
): string {
  const found = optionalText(value, name, most);
  if (!found) {
    throw new InputError(`${name} is empty; a text is needed`);
  }
  return found;
}

/** @throws InputError when it is none or too long. */
export function title(value: string | undefined, name = 'title'): string {
  return requiredText(value, name, MAX_TITLE_LENGTH);
}

/**
 * An instant as the journal writes it.
 * @throws InputError when it is none.
 */
export function optionalInstant(
  value: string | undefined,
  name: string,
): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const millis = Date.parse(value);
  if (
    Number.isNaN(millis) ||
    !DateTime.fromISO(value, { setZone: true }).isValid
  ) {
    throw new InputError(
      `${name} is ${JSON.stringify(
        value,
      )}; allowed are instants such as "2026-03-01T09:30:00Z"`,
    );
  }
  return new Date(millis).toISOString();
}

/** @throws InputError when it is none or lies in the future. */
export function pastInstant(
  value: string | undefined,
  name: string,
  { now }: IncidentFacts,
): string | undefined {
  const instant = optionalInstant(value, name);
  if (instant && Date.parse(instant) > Date.parse(now) + CLOCK_TOLERANCE_MS) {
    throw new InputError(
      `${name} is ${instant}, which is in the future; it is ${now} now`,
    );
  }
  return instant;
}

/** @throws InputError when it is no existing day. */
export function optionalDay(
  value: string | undefined,
  name: string,
): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const day = DateTime.fromFormat(value, 'yyyy-MM-dd', { zone: 'utc' });
  if (!day.isValid || day.toFormat('yyyy-MM-dd') !== value) {
    throw new InputError(
      `${name} is ${JSON.stringify(
        value,
      )}; allowed are days such as "2026-03-01"`,
    );
  }
  return value;
}

/** @throws InputError when the policy has no such severity. */
export function severity(
  value: string,
  { policy }: IncidentFacts,
  name = 'severity',
): string {
  if (!policy.severities.some(one => one.id === value)) {
    throw new InputError(
      `${name} is ${JSON.stringify(value)}; allowed are ${policy.severities
        .map(one => one.id)
        .join(', ')}`,
    );
  }
  return value;
}

/** @throws InputError when the policy has no such role. */
export function role(value: string, { policy }: IncidentFacts): string {
  if (!policy.roles.some(one => one.id === value)) {
    throw new InputError(
      `role is ${JSON.stringify(value)}; allowed are ${policy.roles
        .map(one => one.id)
        .join(', ')}`,
    );
  }
  return value;
}

/** @throws InputError when nobody, or something, acts. */
export function requirePerson(
  actor: IncidentActor | undefined,
  what: string,
): string {
  if (actor?.kind !== 'user') {
    throw new InputError(
      `${what} takes a person; found ${actor?.ref ?? 'nobody'}`,
    );
  }
  return actor.ref;
}

/** @throws NotFoundError when there is no such action item. */
export function findActionItem(state: IncidentState, id: string): ActionItem {
  const item = state.actionItems.find(one => one.actionItemId === id);
  if (!item) {
    throw new NotFoundError(
      `${state.reference} has no action item ${JSON.stringify(id)}; it has ${
        state.actionItems.map(one => one.actionItemId).join(', ') || 'none'
      }`,
    );
  }
  return item;
}
