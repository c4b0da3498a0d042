import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

function groupsOf(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(
      r => r.type === relation && parseEntityRef(r.targetRef).kind === 'group',
    )
    .map(r => r.targetRef);
}

/**
 * Everything a person acts as: themselves, the groups they are a member of and
 * all groups above those. Backstage's default stops at direct membership, so
 * that a task given to a department would reach nobody in its teams.
 *
 * Reads one level of the hierarchy per request. A group that is in a cycle or
 * that does not exist ends the walk there.
 *
 * @returns entity refs; the person first, then the groups from near to far
 */
export async function resolveOwnershipWithAncestors(
  user: Entity,
  options: { catalog: CatalogService; auth: AuthService },
): Promise<string[]> {
  const credentials: BackstageCredentials =
    await options.auth.getOwnServiceCredentials();
  const found = new Set<string>([stringifyEntityRef(user)]);
  let level = groupsOf(user, RELATION_MEMBER_OF);

  while (level.length > 0) {
    level.forEach(ref => found.add(ref));
    const { items } = await options.catalog.getEntitiesByRefs(
      {
        entityRefs: level,
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
      },
      { credentials },
    );
    const above = items.flatMap(group =>
      group ? groupsOf(group, RELATION_CHILD_OF) : [],
    );
    level = [...new Set(above)].filter(ref => !found.has(ref));
  }

  return [...found];
}
