import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import {
  formatProblem,
  RELATION_APPLIES_TO,
  RELATION_GOVERNED_BY,
  validateSop,
} from '@handrail/plugin-sop-common';
import { SopSource } from './CachedSopSource';
import { emitBothWays, findGoverning } from './relations';

/** Kinds that are not the object of a procedure. */
const UNGOVERNED_KINDS = [
  'sop',
  'soppolicy',
  'location',
  'user',
  'group',
  'template',
];

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
      for (const sopRef of await findGoverning(
        this.source,
        entity,
        cache,
        CACHE_KEY,
      )) {
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
