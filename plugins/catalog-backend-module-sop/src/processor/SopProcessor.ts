import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
  CompoundEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  formatProblem,
  RELATION_APPLIES_TO,
  RELATION_GOVERNED_BY,
  validateSop,
} from '@handrail/plugin-sop-common';
import { SopSource } from './CachedSopSource';

/** Kinds that are not the object of a procedure. */
const UNGOVERNED_KINDS = ['sop', 'location', 'user', 'group', 'template'];

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
    if (!isSop(entity)) {
      return false;
    }
    const problems = validateSop(entity);
    if (problems.length > 0) {
      throw new InputError(
        [
          `The procedure has ${problems.length} problem${
            problems.length === 1 ? '' : 's'
          }:`,
          ...problems.map(formatProblem),
        ].join('\n'),
      );
    }
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    if (isSop(entity)) {
      emitOwnRelations(entity, emit);
    } else if (
      !UNGOVERNED_KINDS.includes(entity.kind.toLocaleLowerCase('en-US'))
    ) {
      const self = getCompoundEntityRef(entity);
      for (const sopRef of await this.findGoverning(entity, cache)) {
        emitBothWays(
          emit,
          self,
          RELATION_GOVERNED_BY,
          parseEntityRef(sopRef),
          RELATION_APPLIES_TO,
        );
      }
    }
    return entity;
  }

  /**
   * What was found last time is kept with the entity, and stands in while the
   * catalog does not answer: a restart must not undo relations.
   */
  private async findGoverning(
    entity: Entity,
    cache: CatalogProcessorCache,
  ): Promise<string[]> {
    const sops = await this.source.list();
    if (!sops) {
      return (await cache.get<string[]>(CACHE_KEY)) ?? [];
    }
    const refs = sops
      .filter(sop => sop.appliesTo(entity))
      .map(sop => sop.entityRef)
      .sort();
    await cache.set(CACHE_KEY, refs);
    return refs;
  }
}

function isSop(entity: Entity): boolean {
  return entity.kind.toLocaleLowerCase('en-US') === 'sop';
}

function emitOwnRelations(entity: Entity, emit: CatalogProcessorEmit) {
  const self = getCompoundEntityRef(entity);
  const { owner, system } = entity.spec ?? {};
  if (typeof owner === 'string') {
    const ref = parseEntityRef(owner, {
      defaultKind: 'Group',
      defaultNamespace: self.namespace,
    });
    emitBothWays(emit, self, RELATION_OWNED_BY, ref, RELATION_OWNER_OF);
  }
  if (typeof system === 'string') {
    const ref = parseEntityRef(system, {
      defaultKind: 'System',
      defaultNamespace: self.namespace,
    });
    emitBothWays(emit, self, RELATION_PART_OF, ref, RELATION_HAS_PART);
  }
}

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
