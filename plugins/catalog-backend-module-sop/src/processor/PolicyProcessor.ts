import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
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
  validateSopPolicy,
} from '@handrail/plugin-sop-common';
import { SopSource } from './CachedSopSource';
import { emitBothWays, findGoverning } from './relations';

/** Kinds that a policy says nothing about. */
const UNGOVERNED_KINDS = [
  'sop',
  'soppolicy',
  'location',
  'user',
  'group',
  'template',
];

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
    if (!isPolicy(entity)) {
      return false;
    }
    const problems = validateSopPolicy(entity);
    if (problems.length > 0) {
      throw new InputError(
        [
          `The policy has ${problems.length} problem${
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
    const self = getCompoundEntityRef(entity);
    if (isPolicy(entity)) {
      const ref = parseEntityRef(String(entity.spec?.owner), {
        defaultKind: 'Group',
        defaultNamespace: self.namespace,
      });
      emitBothWays(emit, self, RELATION_OWNED_BY, ref, RELATION_OWNER_OF);
    } else if (
      !UNGOVERNED_KINDS.includes(entity.kind.toLocaleLowerCase('en-US'))
    ) {
      for (const ref of await findGoverning(
        this.source,
        entity,
        cache,
        CACHE_KEY,
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
    return entity;
  }
}

function isPolicy(entity: Entity): boolean {
  return entity.kind.toLocaleLowerCase('en-US') === 'soppolicy';
}
