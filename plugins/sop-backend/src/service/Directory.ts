import {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Actor } from '@handrail/plugin-sop-common';
import { ExpiringMap } from './ExpiringMap';

/** How long group structure may be out of date, in milliseconds. */
const GROUPS_TTL = 15_000;

/** Who people are and which groups they form, from sign-in and catalog. */
export class Directory {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;
  readonly #ownership = new ExpiringMap<string[]>(GROUPS_TTL);
  readonly #names = new ExpiringMap<string>(GROUPS_TTL);
  readonly #members = new ExpiringMap<string[]>(GROUPS_TTL);

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    userInfo: UserInfoService;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
  }

  /**
   * Who acts with these credentials. A user acts for all groups of the sign-in
   * and for every group above those.
   * @throws NotAllowedError for credentials of nobody.
   */
  async actorOf(credentials: BackstageCredentials): Promise<Actor> {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      const ref = credentials.principal.userEntityRef;
      const ownershipEntityRefs = await this.#ownership.get(ref, async () => {
        const info = await this.#userInfo.getUserInfo(credentials);
        return this.#walk([...info.ownershipEntityRefs], RELATION_CHILD_OF);
      });
      return { ref, kind: 'user', ownershipEntityRefs };
    }
    if (this.#auth.isPrincipal(credentials, 'service')) {
      const ref = `service:${credentials.principal.subject}`;
      return { ref, kind: 'service', ownershipEntityRefs: [] };
    }
    throw new NotAllowedError('Somebody must be signed in');
  }

  /**
   * A person by entity ref, with all groups that the catalog knows of. For
   * reports about somebody who does not call.
   * @throws InputError when the ref is not one of a user.
   * @throws NotFoundError when the catalog has no such user.
   */
  async personOf(userRef: string): Promise<Actor> {
    if (!/^user:[^:/\s]+\/[^:/\s]+$/.test(userRef)) {
      throw new InputError(
        `command.userRef: found "${userRef.slice(
          0,
          80,
        )}"; allowed: user:<namespace>/<name>`,
      );
    }
    const entity = await this.#catalog.getEntityByRef(userRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      throw new NotFoundError(`There is no user "${userRef}"`);
    }
    const groups = related(entity, RELATION_MEMBER_OF);
    const above = await this.#walk(groups, RELATION_CHILD_OF);
    return {
      ref: userRef,
      kind: 'user',
      ownershipEntityRefs: [userRef, ...above],
    };
  }

  /** The printed name of somebody: as the catalog has it, else the ref. */
  async nameOf(ref: string): Promise<string> {
    return this.#names.get(ref, async () => {
      const entity = /^(user|group):/.test(ref)
        ? await this.#catalog.getEntityByRef(ref, {
            credentials: await this.#auth.getOwnServiceCredentials(),
          })
        : undefined;
      const profile = entity?.spec?.profile as
        | { displayName?: string }
        | undefined;
      return profile?.displayName ?? entity?.metadata.title ?? ref;
    });
  }

  /**
   * The people in each group, those of its child groups included. Refs that are
   * not groups are left out.
   */
  async membersOf(refs: string[]): Promise<Record<string, string[]>> {
    const groups = [...new Set(refs)].filter(isGroup);
    const members = await Promise.all(
      groups.map(ref => this.#members.get(ref, () => this.#loadMembers(ref))),
    );
    return Object.fromEntries(groups.map((ref, i) => [ref, members[i]]));
  }

  /** The refs with every group above those of them that are groups. */
  withGroupsAbove(refs: string[]): Promise<string[]> {
    return this.#walk(refs, RELATION_CHILD_OF);
  }

  async #loadMembers(groupRef: string): Promise<string[]> {
    const people = new Set<string>();
    await this.#walk([groupRef], RELATION_PARENT_OF, group => {
      for (const ref of related(group, RELATION_HAS_MEMBER)) {
        people.add(ref);
      }
    });
    return [...people].sort();
  }

  /**
   * Follows a relation between groups level by level. Ends at groups that do
   * not exist and at those it has been at, so a cycle does no harm.
   */
  async #walk(
    start: string[],
    relation: string,
    visit?: (group: Entity) => void,
  ): Promise<string[]> {
    const found = new Set(start);
    let level = start.filter(isGroup);
    while (level.length > 0) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: level,
          fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      const groups = items.filter((item): item is Entity => Boolean(item));
      groups.forEach(group => visit?.(group));
      const next = new Set(groups.flatMap(group => related(group, relation)));
      level = [...next].filter(ref => isGroup(ref) && !found.has(ref));
      level.forEach(ref => found.add(ref));
    }
    return [...found];
  }
}

function isGroup(ref: string): boolean {
  return ref.startsWith('group:');
}

function related(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(one => one.type === relation)
    .map(one => stringifyEntityRef(parseEntityRef(one.targetRef)));
}
