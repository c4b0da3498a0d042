import { Entity } from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import { validateSop } from '@handrail/plugin-sop-common';
import { SopSource } from './CachedSopSource';
import { isOfKind, refuseProblems } from './problems';
import { emitGoverning, emitOwn } from './relations';

const CACHE_KEY = 'governedBy';

/** Validates procedures and relates them to owners, systems and entities. */
export class SopProcessor implements CatalogProcessor {
  constructor(private readonly source: SopSource) {}

  getProcessorName(): string {
    return 'SopProcessor';
  }

  /**
   * Takes every entity of kind SOP, so that a misspelt version is named and not
   * just "not recognised".
   *
   * @throws InputError with one line for each problem.
   */
  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isOfKind(entity, 'sop')) {
      return false;
    }
    refuseProblems('procedure', validateSop(entity));
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    if (isOfKind(entity, 'sop')) {
      emitOwn(entity, emit);
    } else {
      await emitGoverning(this.source, entity, emit, { cache, key: CACHE_KEY });
    }
    return entity;
  }
}
