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
  /** Direct memberships, the person's own team first. */
  groups: DemoTeam[];
}

/**
 * Annotation of a user: the group (name or entity ref) below which the sign-in
 * page lists the person. The catalog sorts `spec.memberOf`, so its order cannot
 * say it.
 */
const TEAM_ANNOTATION = 'handrail.dev/team';

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

/** Direct memberships; the team that the annotation names comes first. */
function membershipsOf(user: UserEntity): string[] {
  const refs = (user.relations ?? [])
    .filter(r => r.type === RELATION_MEMBER_OF)
    .map(r => r.targetRef);
  const team = user.metadata.annotations?.[TEAM_ANNOTATION];
  if (!team) {
    return refs;
  }
  const own = stringifyEntityRef(
    parseEntityRef(team, {
      defaultKind: 'group',
      defaultNamespace: user.metadata.namespace,
    }),
  );
  return refs.sort((a, b) => Number(b === own) - Number(a === own));
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
