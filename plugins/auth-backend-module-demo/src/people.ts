import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  GroupEntity,
  parseEntityRef,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  UserEntity,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * A group as the sign-in page shows it.
 * @public
 */
export interface DemoTeam {
  /** Entity ref, for example `group:default/qa`. */
  entityRef: string;
  title: string;
}

/**
 * A person whom the sign-in page offers.
 * @public
 */
export interface DemoPerson {
  /** Entity ref, for example `user:default/ana.duarte`. */
  entityRef: string;
  name: string;
  /** What the person does, from the description of the user entity. */
  title?: string;
  /** One or two letters to show where there is no picture. */
  initials: string;
  /** URL of a picture. */
  picture?: string;
  /** Direct memberships in the order of `spec.memberOf`; the first is home. */
  groups: DemoTeam[];
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const first = words[0] ?? '?';
  const last = words.length > 1 ? words[words.length - 1] : '';
  return `${first.charAt(0)}${last.charAt(0)}`.toLocaleUpperCase('en');
}

function titleOf(group: Entity): string {
  const { profile } = (group as GroupEntity).spec;
  return profile?.displayName ?? group.metadata.title ?? group.metadata.name;
}

/** `spec.memberOf` as full refs, then memberships stated by the groups only. */
function membershipsOf(user: UserEntity): string[] {
  const stated = (user.spec.memberOf ?? []).map(ref =>
    stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind: 'group',
        defaultNamespace: user.metadata.namespace,
      }),
    ),
  );
  const related = (user.relations ?? [])
    .filter(r => r.type === RELATION_MEMBER_OF)
    .map(r => r.targetRef);
  return [...new Set([...stated, ...related])];
}

/**
 * Everybody in the catalog, by name. The catalog is the only source, so the
 * sign-in page cannot offer somebody who could not sign in.
 */
export async function listPeople(options: {
  catalog: CatalogService;
  auth: AuthService;
}): Promise<DemoPerson[]> {
  const credentials = await options.auth.getOwnServiceCredentials();
  const { items } = await options.catalog.getEntities(
    { filter: { kind: ['User', 'Group'] } },
    { credentials },
  );
  const teams = new Map<string, DemoTeam>();
  for (const group of items.filter(e => e.kind === 'Group')) {
    const entityRef = stringifyEntityRef(group);
    teams.set(entityRef, { entityRef, title: titleOf(group) });
  }

  return items
    .filter((e): e is UserEntity => e.kind === 'User')
    .map(user => {
      const name =
        user.spec.profile?.displayName ??
        user.metadata.title ??
        user.metadata.name;
      return {
        entityRef: stringifyEntityRef(user),
        name,
        title: user.metadata.description,
        initials: initialsOf(name),
        picture: user.spec.profile?.picture,
        groups: membershipsOf(user).flatMap(ref => teams.get(ref) ?? []),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
