import { rotationAt } from '@handrail/calendar';
import { fullRef, isPerson } from './people';
import { Replay } from './Replay';
import { Event, JsonObject } from './types';

/** Turns of a week begin on a Monday. */
const FROM = '1970-01-05T00:00';

/**
 * Whose turn it is in the roles that rotate. Who was in a group is what the
 * portal recorded; that everybody named takes turns, that nobody else does where
 * no group is named, and whose turn it was, is checked.
 * @returns the person of each such role
 */
export function turns(replay: Replay, event: Event): Record<string, string> {
  const told = (event.data.roles ?? {}) as Record<string, JsonObject>;
  const rotating = Object.entries(replay.procedure.roles ?? {}).filter(
    ([, role]) => role.rotate !== undefined,
  );
  const names = rotating.map(([name]) => name);
  const other =
    names.find(name => !told[name]) ??
    Object.keys(told).find(name => !names.includes(name));
  if (other !== undefined || ('roles' in event.data && names.length === 0)) {
    replay.refuse(
      'rotation',
      `Event ${event.seq} names turns of ${
        Object.keys(told).join(', ') || 'no role'
      }; by the procedure these roles rotate: ${names.join(', ') || 'none'}`,
    );
  }
  const members: Record<string, string> = {};
  for (const [name, role] of rotating) {
    const owners = role.potentialOwners.map(fullRef);
    const list = (told[name].members ?? []) as string[];
    if (!isRota(list, owners)) {
      replay.refuse(
        'rotation',
        `Event ${event.seq}: ${list.join(
          ', ',
        )} cannot be who takes turns in the role "${name}", which is for ${owners.join(
          ', ',
        )}`,
      );
    }
    const { every, from, timezone } =
      typeof role.rotate === 'string'
        ? { every: role.rotate, from: undefined, timezone: undefined }
        : role.rotate;
    const { member, startsAt, endsAt } = rotationAt(
      {
        members: list,
        every: every ?? '',
        from: from ?? FROM,
        timezone: timezone ?? 'Etc/UTC',
      },
      event.at,
    );
    const turn = { member, startsAt, endsAt };
    const wrong = Object.entries(turn).find(
      ([key, value]) => told[name][key] !== value,
    );
    if (wrong || Object.keys(told[name]).length !== 4) {
      replay.refuse(
        'rotation',
        `Event ${event.seq} says that ${told[name].member} has the role "${name}" from ${told[name].startsAt} to ${told[name].endsAt}; by the rotation it is ${member} from ${startsAt} to ${endsAt}`,
      );
    }
    members[name] = member;
  }
  return members;
}

/** People in order, each once: all who are named, others by groups only. */
function isRota(members: unknown[], owners: string[]): boolean {
  const named = owners.filter(isPerson);
  const sorted = [...new Set(members)].sort();
  return (
    members.length > 0 &&
    JSON.stringify(sorted) === JSON.stringify(members) &&
    members.every(one => typeof one === 'string') &&
    named.every(one => members.includes(one)) &&
    (owners.some(one => !isPerson(one)) ||
      members.length === new Set(named).size)
  );
}
