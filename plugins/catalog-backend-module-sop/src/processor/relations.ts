import { CompoundEntityRef, Entity } from '@backstage/catalog-model';
import {
  CatalogProcessorCache,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { SopSource } from './CachedSopSource';

/**
 * Refs of what governs an entity. What was found last time is kept with the
 * entity, and stands in while the catalog does not answer: a restart must not
 * undo relations.
 */
export async function findGoverning(
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

/** Emits a relation and its inverse. */
export function emitBothWays(
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
