import {
  CompoundEntityRef,
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import {
  CatalogProcessorCache,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  RELATION_APPLIES_TO,
  RELATION_GOVERNED_BY,
} from '@handrail/plugin-sop-common';
import { SopSource } from './CachedSopSource';

/** Kinds that are not the object of a procedure or a policy. */
const UNGOVERNED_KINDS = [
  'sop',
  'soppolicy',
  'location',
  'user',
  'group',
  'template',
];

/**
 * Refs of what governs an entity. What was found last time is kept with the
 * entity, and stands in while the catalog does not answer: a restart must not
 * undo relations.
 */
async function findGoverning(
  source: SopSource,
  entity: Entity,
  cache: CatalogProcessorCache,
  cacheKey: string,
): Promise<string[]> {
  const known = await source.list();
  if (!known) {
    return (await cache.get<string[]>(cacheKey)) ?? [];
  }
  const refs = known
    .filter(one => one.appliesTo(entity))
    .map(one => one.entityRef)
    .sort();
  await cache.set(cacheKey, refs);
  return refs;
}

/** Relates an entity to what governs it, if its kind is governed at all. */
export async function emitGoverning(
  source: SopSource,
  entity: Entity,
  emit: CatalogProcessorEmit,
  memory: { cache: CatalogProcessorCache; key: string },
): Promise<void> {
  if (UNGOVERNED_KINDS.includes(entity.kind.toLocaleLowerCase('en-US'))) {
    return;
  }
  const self = getCompoundEntityRef(entity);
  for (const ref of await findGoverning(
    source,
    entity,
    memory.cache,
    memory.key,
  )) {
    emitBothWays(
      emit,
      self,
      RELATION_GOVERNED_BY,
      parseEntityRef(ref),
      RELATION_APPLIES_TO,
    );
  }
}

/** Relates a procedure or a policy to its owner, and to its system if it has one. */
export function emitOwn(entity: Entity, emit: CatalogProcessorEmit): void {
  const self = getCompoundEntityRef(entity);
  const { owner, system } = entity.spec ?? {};
  const defaultNamespace = self.namespace;
  if (typeof owner === 'string') {
    const ref = parseEntityRef(owner, {
      defaultKind: 'Group',
      defaultNamespace,
    });
    emitBothWays(emit, self, RELATION_OWNED_BY, ref, RELATION_OWNER_OF);
  }
  if (typeof system === 'string') {
    const ref = parseEntityRef(system, {
      defaultKind: 'System',
      defaultNamespace,
    });
    emitBothWays(emit, self, RELATION_PART_OF, ref, RELATION_HAS_PART);
  }
}

/** Emits a relation and its inverse. */
function emitBothWays(
  emit: CatalogProcessorEmit,
  source: CompoundEntityRef,
  outgoing: string,
  target: CompoundEntityRef,
  incoming: string,
) {
  emit(processingResult.relation({ source, type: outgoing, target }));
  emit(
    processingResult.relation({
      source: target,
      type: incoming,
      target: source,
    }),
  );
}
