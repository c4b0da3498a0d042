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
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { validateTour } from '@handrail/plugin-onboarding-common';
import { formatProblem } from '@handrail/plugin-sop-common';

/** Validates tours and relates them to their owners. */
export class TourProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'TourProcessor';
  }

  /**
   * Takes every entity of kind Tour, so that a misspelt version is named.
   * @throws InputError with one line for each problem.
   */
  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isTour(entity)) {
      return false;
    }
    const problems = validateTour(entity);
    if (problems.length > 0) {
      throw new InputError(
        [
          `The tour has ${problems.length} problem${
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
  ): Promise<Entity> {
    const owner = entity.spec?.owner;
    if (isTour(entity) && typeof owner === 'string') {
      const source = getCompoundEntityRef(entity);
      const target = parseEntityRef(owner, {
        defaultKind: 'Group',
        defaultNamespace: source.namespace,
      });
      const relate = processingResult.relation;
      emit(relate({ source, type: RELATION_OWNED_BY, target }));
      emit(relate({ source: target, type: RELATION_OWNER_OF, target: source }));
    }
    return entity;
  }
}

function isTour(entity: Entity): boolean {
  return entity.kind.toLocaleLowerCase('en-US') === 'tour';
}
