import { Rotation, rotationAt } from '@handrail/calendar';
import { InputError } from '@backstage/errors';
import { SopRole, SopSpec } from '../model/types';
import { normaliseRef } from './people';
import { Facts, RotatedRole } from './types';

/** A Monday, so that weekly turns change with the working week. */
const DEFAULT_FROM = '1970-01-05T00:00';

/**
 * The rotation of a role among given members; nothing when it does not rotate.
 * @public
 */
export function rotationOf(
  { rotate }: Pick<SopRole, 'rotate'>,
  members: string[],
): Rotation | undefined {
  if (rotate === undefined) {
    return undefined;
  }
  const { every, from, timezone } =
    typeof rotate === 'string'
      ? ({ every: rotate } as Partial<Rotation>)
      : rotate;
  return {
    members,
    every: every ?? '',
    from: from ?? DEFAULT_FROM,
    timezone: timezone ?? 'Etc/UTC',
  };
}

/** Groups and people among whom the roles of a procedure rotate. @public */
export function rotatingRefs(spec: SopSpec): string[] {
  return Object.values(spec.roles ?? {})
    .filter(role => role.rotate !== undefined)
    .flatMap(role => role.potentialOwners.map(normaliseRef));
}

/**
 * Whose turn it is in each role that rotates.
 * @throws InputError when a role rotates among nobody
 */
export function resolveRotations(
  spec: SopSpec,
  facts: Pick<Facts, 'now' | 'members'>,
): Record<string, RotatedRole> | undefined {
  const resolved: Record<string, RotatedRole> = {};
  for (const [name, role] of Object.entries(spec.roles ?? {})) {
    const members = [
      ...new Set(
        role.potentialOwners
          .map(normaliseRef)
          .flatMap(ref =>
            ref.startsWith('user:') ? [ref] : facts.members?.[ref] ?? [],
          ),
      ),
    ].sort();
    const rotation = rotationOf(role, members);
    if (rotation) {
      if (members.length === 0) {
        throw new InputError(
          `The role "${name}" rotates among nobody: ${role.potentialOwners.join(
            ', ',
          )} has no members. Add a member, then start again.`,
        );
      }
      const { member, startsAt, endsAt } = rotationAt(rotation, facts.now);
      resolved[name] = { member, startsAt, endsAt, members };
    }
  }
  return Object.keys(resolved).length ? resolved : undefined;
}
