import { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  evaluateFilterPredicate,
  FilterPredicate,
} from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  MAX_SCHEDULE_TARGETS,
  SopEntity,
  SopSchedule,
  SopSpec,
} from '@handrail/plugin-sop-common';
import { Procedures } from '../service/Procedures';

/** A procedure that starts by itself. */
export interface ScheduledProcedure {
  sopRef: string;
  spec: SopSpec;
  schedule: SopSchedule;
  /** Why it does not start now. */
  refusal?: string;
}

/** What an occurrence is about. */
export type Targets =
  /** `undefined` stands for a run about no entity. */
  | { refs: Array<string | undefined> }
  /** Why there are none. */
  | { problem: string };

const PAGE = 500;

/** The catalog as schedules need it: read by this back end itself. */
export class ScheduledProcedures {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #procedures: Procedures;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    procedures: Procedures;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#procedures = options.procedures;
  }

  async list(): Promise<ScheduledProcedure[]> {
    const { items } = await this.#catalog.getEntities(
      { filter: { kind: 'SOP', 'spec.schedule.rrule': CATALOG_FILTER_EXISTS } },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const found = await Promise.all(
      items.map(entity => this.#scheduled(entity as SopEntity)),
    );
    return found.filter((one): one is ScheduledProcedure => Boolean(one));
  }

  /** Undefined when there is no such procedure, or it has no schedule. */
  async get(sopRef: string): Promise<ScheduledProcedure | undefined> {
    const entity = await this.#catalog.getEntityByRef(sopRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    return entity && this.#scheduled(entity as SopEntity);
  }

  async #scheduled(entity: SopEntity): Promise<ScheduledProcedure | undefined> {
    const { spec, refusal } = await this.#procedures.inForce(entity);
    return spec.schedule
      ? {
          sopRef: stringifyEntityRef(entity),
          spec,
          schedule: spec.schedule,
          refusal,
        }
      : undefined;
  }

  /** The entities that an occurrence is about now. */
  async targets({ spec, schedule }: ScheduledProcedure): Promise<Targets> {
    const { targets } = schedule;
    if (Array.isArray(targets)) {
      return { refs: targets as string[] };
    }
    const predicates = [spec.appliesTo, targets].filter(
      one => one !== undefined,
    ) as FilterPredicate[];
    if (!predicates.length) {
      return { refs: [undefined] };
    }
    const refs = await this.#select(predicates);
    if (refs.length > MAX_SCHEDULE_TARGETS) {
      return {
        problem: `More than ${MAX_SCHEDULE_TARGETS} entities are selected, which is the most that one occurrence may start. Narrow spec.schedule.targets.`,
      };
    }
    return refs.length
      ? { refs }
      : { problem: 'No entity is selected by spec.schedule.targets.' };
  }

  /** Refs of the entities that match every predicate, one more than allowed. */
  async #select(predicates: FilterPredicate[]): Promise<string[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const refs: string[] = [];
    const kind = kindOf(predicates);
    const first = { filter: kind ? { kind } : undefined, limit: PAGE };
    let cursor: string | undefined;
    do {
      const page: { items: Entity[]; pageInfo: { nextCursor?: string } } =
        await this.#catalog.queryEntities(
          cursor ? { cursor, limit: PAGE } : first,
          { credentials },
        );
      for (const entity of page.items) {
        if (predicates.every(one => evaluateFilterPredicate(one, entity))) {
          refs.push(stringifyEntityRef(entity));
        }
      }
      cursor = page.pageInfo.nextCursor;
    } while (cursor && refs.length <= MAX_SCHEDULE_TARGETS);
    return refs;
  }
}

/** The one kind that a predicate asks for, so that less has to be read. */
function kindOf(predicates: FilterPredicate[]): string | undefined {
  for (const predicate of predicates) {
    const { kind } = predicate as Record<string, unknown>;
    if (typeof kind === 'string') {
      return kind;
    }
  }
  return undefined;
}
