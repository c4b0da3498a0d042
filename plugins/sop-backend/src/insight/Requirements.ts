import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  evaluateFilterPredicate,
  FilterPredicate,
} from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SopEntity, validateSop } from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';

/** Entities looked at for one procedure. */
const MAX_ENTITIES = 10_000;
const PAGE = 500;

/** A procedure that entities must have every so often. */
export interface Requirement {
  sop: SopEntity;
  sopRef: string;
  title: string;
  every: string;
}

/** An entity that owes it. */
export interface Debtor {
  entityRef: string;
  title: string;
  ownerRef?: string;
}

/** Which entities must have which procedures, as the caller sees the catalog. */
export class Requirements {
  readonly #catalog: CatalogService;

  constructor(options: { catalog: CatalogService }) {
    this.#catalog = options.catalog;
  }

  /** Effective, valid procedures with `spec.compliance`, by title. */
  async list({ credentials }: CallOptions): Promise<Requirement[]> {
    const { items } = await this.#catalog.getEntities(
      { filter: { kind: 'SOP' } },
      { credentials },
    );
    return (items as SopEntity[])
      .filter(
        ({ spec }) => spec?.compliance?.every && spec.lifecycle === 'effective',
      )
      .filter(sop => validateSop(sop).length === 0)
      .map(sop => ({
        sop,
        sopRef: stringifyEntityRef(sop),
        title: sop.metadata.title ?? sop.metadata.name,
        every: sop.spec.compliance!.every,
      }))
      .sort((a, b) => a.title.localeCompare(b.title, 'en'));
  }

  /** Whether a procedure is required of an entity. */
  governs({ sop }: Requirement, entity: Entity): boolean {
    return evaluateFilterPredicate(
      sop.spec.appliesTo as FilterPredicate,
      entity,
    );
  }

  /**
   * The entities of which it is required.
   * @returns `truncated` when there were more than can be looked at
   */
  async debtors(
    requirement: Requirement,
    { credentials }: CallOptions,
  ): Promise<{ debtors: Debtor[]; truncated: boolean }> {
    const debtors: Debtor[] = [];
    const pages = this.#catalog.streamEntities(
      {
        query: requirement.sop.spec.appliesTo as FilterPredicate,
        limit: PAGE,
      } as Parameters<CatalogService['streamEntities']>[0],
      { credentials },
    );
    for await (const page of pages) {
      for (const entity of page) {
        // The catalog compares without regard to case; a start does not.
        if (this.governs(requirement, entity)) {
          if (debtors.length === MAX_ENTITIES) {
            return { debtors, truncated: true };
          }
          debtors.push(toDebtor(entity));
        }
      }
    }
    return { debtors, truncated: false };
  }
}

function toDebtor(entity: Entity): Debtor {
  const owner =
    entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
      ?.targetRef ?? entity.spec?.owner;
  return {
    entityRef: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    ...(typeof owner === 'string'
      ? {
          ownerRef: stringifyEntityRef(
            parseEntityRef(owner, {
              defaultKind: 'group',
              defaultNamespace: entity.metadata.namespace,
            }),
          ),
        }
      : {}),
  };
}
