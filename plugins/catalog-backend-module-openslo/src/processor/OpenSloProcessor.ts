import {
  CompoundEntityRef,
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  stringifyEntityRef,
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
  ANNOTATION_COMPONENT,
  ANNOTATION_LABELS,
  ANNOTATION_OWNER,
  formatSloProblem,
  RELATION_MEASURED_BY,
  RELATION_MEASURES,
  validateOpenSlo,
} from '@handrail/plugin-slo-common';
import { EntityFinder } from './EntityFinder';

const CACHE_KEY = 'measured';
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)$/;

/** What was found last time: what is measured and who owns that. */
type Measured = { ref?: string; owner?: string };

/** Registers OpenSLO documents as they are on disk. */
export class OpenSloProcessor implements CatalogProcessor {
  constructor(
    private readonly options: { finder: EntityFinder; defaultOwner?: string },
  ) {}

  getProcessorName(): string {
    return 'OpenSloProcessor';
  }

  /** Makes of OpenSLO's metadata what the catalog accepts; keeps the original. */
  async preProcessEntity(entity: Entity): Promise<Entity> {
    if (!isOpenSlo(entity)) {
      return entity;
    }
    const { displayName, labels, title } = entity.metadata;
    const isList = (value: unknown): value is unknown[] => Array.isArray(value);
    const entries = Object.entries((labels ?? {}) as Record<string, unknown>);
    const flat = entries.some(([, value]) => isList(value));
    return {
      ...entity,
      metadata: {
        ...entity.metadata,
        ...(title === undefined && typeof displayName === 'string'
          ? { title: displayName }
          : {}),
        ...(flat
          ? {
              labels: Object.fromEntries(
                entries.flatMap(([key, value]) => flatten(key, value)),
              ),
              annotations: {
                ...entity.metadata.annotations,
                [ANNOTATION_LABELS]: JSON.stringify(labels),
              },
            }
          : {}),
      },
      spec: entity.spec ?? {},
    };
  }

  /**
   * Takes every OpenSLO document, so that a version or kind that is not known is
   * named and not just "not recognised".
   *
   * @throws InputError with one line for each problem.
   */
  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isOpenSlo(entity)) {
      return false;
    }
    const problems = validateOpenSlo(entity).filter(
      problem => problem.severity === 'error',
    );
    for (const [annotation, kind] of [
      [ANNOTATION_COMPONENT, 'Component'],
      [ANNOTATION_OWNER, 'Group'],
    ]) {
      const value = entity.metadata.annotations?.[annotation];
      if (value !== undefined && !toRef(entity, value, kind)) {
        problems.push({
          path: `/metadata/annotations/${annotation}`,
          severity: 'error',
          message: 'is not an entity ref',
          found: JSON.stringify(value),
          allowed: `such as ${kind.toLocaleLowerCase('en-US')}:default/name`,
        });
      }
    }
    if (problems.length > 0) {
      throw new InputError(
        [
          `The ${entity.kind} document has ${problems.length} problem${
            problems.length === 1 ? '' : 's'
          }:`,
          ...problems.map(formatSloProblem),
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
    if (!isOpenSlo(entity)) {
      return entity;
    }
    const self = getCompoundEntityRef(entity);
    const measured =
      entity.kind === 'SLO' ? await this.#findMeasured(entity, cache) : {};
    if (measured.ref) {
      emitBothWays(
        emit,
        self,
        RELATION_MEASURES,
        parseEntityRef(measured.ref),
        RELATION_MEASURED_BY,
      );
    }
    const owner =
      entity.metadata.annotations?.[ANNOTATION_OWNER] ??
      measured.owner ??
      this.options.defaultOwner;
    const ownerRef = owner && toRef(entity, owner, 'Group');
    if (ownerRef) {
      emitBothWays(emit, self, RELATION_OWNED_BY, ownerRef, RELATION_OWNER_OF);
    }
    return entity;
  }

  /**
   * By annotation, else the Component with the name of the OpenSLO service.
   * What was found last time stands in while the catalog does not answer.
   */
  async #findMeasured(
    entity: Entity,
    cache: CatalogProcessorCache,
  ): Promise<Measured> {
    const annotation = entity.metadata.annotations?.[ANNOTATION_COMPONENT];
    const target = toRef(
      entity,
      annotation ?? String(entity.spec?.service),
      'Component',
    );
    if (!target) {
      return {};
    }
    const ref = stringifyEntityRef(target);
    const found = await this.options.finder.find(ref);
    if (found === undefined) {
      const before = await cache.get<Measured>(CACHE_KEY);
      return before ?? (annotation ? { ref } : {});
    }
    const owner = found?.spec?.owner;
    const ownerRef =
      found && typeof owner === 'string'
        ? toRef(found, owner, 'Group')
        : undefined;
    const measured: Measured = {
      // One that is named and not there stays visible as a broken relation.
      ...(found || annotation ? { ref } : {}),
      ...(ownerRef ? { owner: stringifyEntityRef(ownerRef) } : {}),
    };
    await cache.set(CACHE_KEY, measured);
    return measured;
  }
}

function isOpenSlo(entity: Entity): boolean {
  return (
    typeof entity.apiVersion === 'string' &&
    entity.apiVersion.startsWith('openslo/')
  );
}

/** A list becomes one value, where the catalog allows it. */
function flatten(key: string, value: unknown): Array<[string, string]> {
  const text = Array.isArray(value) ? value.join('_') : String(value);
  return LABEL_VALUE.test(text) ? [[key, text]] : [];
}

function toRef(
  entity: Entity,
  text: string,
  defaultKind: string,
): CompoundEntityRef | undefined {
  try {
    return parseEntityRef(text, {
      defaultKind,
      defaultNamespace: entity.metadata.namespace ?? 'default',
    });
  } catch {
    return undefined;
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
