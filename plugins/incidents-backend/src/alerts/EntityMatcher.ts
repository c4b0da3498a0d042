import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ServiceUnavailableError, stringifyError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NormalisedAlert } from '@handrail/plugin-incidents-node';

/** How long catalog entries may be out of date, in milliseconds. */
const TTL = 15_000;
const BATCH = 500;
const MAX_KNOWN = 10_000;

/** What alerts need to know about an entity. */
export interface MatchedEntity {
  entityRef: string;
  title: string;
  owners: string[];
  /** The subtree it belongs to: alerts of one group propose one incident. */
  groupKey: string;
}

/** Finds the entities that alerts are about. */
export class EntityMatcher {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #labels: string[];
  readonly #groupBy: 'entity' | 'system';
  readonly #known = new Map<
    string,
    { until: number; entity: MatchedEntity | undefined }
  >();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    /** Labels or annotations that name an entity, the most telling first. */
    labels: string[];
    groupBy: 'entity' | 'system';
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#labels = options.labels;
    this.#groupBy = options.groupBy;
  }

  /** The entity ref that an alert names; undefined when it names none. */
  refOf(alert: NormalisedAlert): string | undefined {
    for (const label of this.#labels) {
      const value =
        ownValue(alert.labels, label) ?? ownValue(alert.annotations, label);
      if (value && value.length <= 300) {
        const ref = toRef(value);
        if (ref) {
          return ref;
        }
      }
    }
    return undefined;
  }

  /**
   * The entities of these refs that exist.
   * @throws ServiceUnavailableError when the catalog does not answer, so that
   * the sender tries again.
   */
  async find(refs: string[]): Promise<Map<string, MatchedEntity>> {
    const now = Date.now();
    const wanted = [...new Set(refs)];
    const missing = wanted.filter(
      ref => !((this.#known.get(ref)?.until ?? 0) > now),
    );
    for (let start = 0; start < missing.length; start += BATCH) {
      await this.#load(missing.slice(start, start + BATCH), now + TTL);
    }
    return new Map(
      wanted.flatMap(ref => {
        const entity = this.#known.get(ref)?.entity;
        return entity ? [[ref, entity] as const] : [];
      }),
    );
  }

  async #load(refs: string[], until: number): Promise<void> {
    let items: Array<Entity | undefined>;
    try {
      ({ items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: refs,
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.title',
            'relations',
          ],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      ));
    } catch (error) {
      throw new ServiceUnavailableError(
        `The catalog does not answer: ${stringifyError(error)}`,
      );
    }
    if (this.#known.size > MAX_KNOWN) {
      this.#known.clear();
    }
    refs.forEach((ref, index) => {
      const entity = items[index];
      this.#known.set(ref, { until, entity: entity && this.#match(entity) });
    });
  }

  #match(entity: Entity): MatchedEntity {
    const entityRef = stringifyEntityRef(entity);
    const system = related(entity, RELATION_PART_OF).find(ref =>
      ref.startsWith('system:'),
    );
    return {
      entityRef,
      title: entity.metadata.title ?? entity.metadata.name,
      owners: related(entity, RELATION_OWNED_BY),
      groupKey: (this.#groupBy === 'system' && system) || entityRef,
    };
  }
}

/** Labels may be called like members of every object. */
function ownValue(
  values: Record<string, string>,
  key: string,
): string | undefined {
  return Object.prototype.hasOwnProperty.call(values, key)
    ? values[key]
    : undefined;
}

const PART = /^[a-zA-Z0-9]([a-zA-Z0-9_.-]{0,61}[a-zA-Z0-9])?$/;

function toRef(value: string): string | undefined {
  try {
    const ref = parseEntityRef(value, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    return PART.test(ref.name) &&
      PART.test(ref.namespace) &&
      PART.test(ref.kind)
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The other ends of a relation. */
export function related(entity: Entity, relation: string): string[] {
  return [
    ...new Set(
      (entity.relations ?? [])
        .filter(one => one.type === relation)
        .map(one => stringifyEntityRef(parseEntityRef(one.targetRef))),
    ),
  ];
}
