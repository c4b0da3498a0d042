import { Entity } from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import { validateSopPolicy } from '@handrail/plugin-sop-common';
import { SopSource } from './CachedSopSource';
import { isOfKind, refuseProblems } from './problems';
import { emitGoverning, emitOwn } from './relations';

const CACHE_KEY = 'governedByPolicy';

/**
 * Validates policies and relates them to their owners and to the entities that
 * they are about. Whether one is in force there is for the SOP back end to say.
 */
export class PolicyProcessor implements CatalogProcessor {
  constructor(private readonly source: SopSource) {}

  getProcessorName(): string {
    return 'SopPolicyProcessor';
  }

  /** @throws InputError with one line for each problem. */
  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isOfKind(entity, 'soppolicy')) {
      return false;
    }
    refuseProblems('policy', validateSopPolicy(entity));
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    if (isOfKind(entity, 'soppolicy')) {
      emitOwn(entity, emit);
    } else {
      await emitGoverning(this.source, entity, emit, { cache, key: CACHE_KEY });
    }
    return entity;
  }
}
