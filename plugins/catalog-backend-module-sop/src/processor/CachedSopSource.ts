import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  filterPredicateToFilterFunction,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** A procedure or a policy that governs entities. */
export interface GoverningSop {
  entityRef: string;
  /** Never throws. */
  appliesTo(entity: Entity): boolean;
}

/** Where the procedures come from. */
export interface SopSource {
  /**
   * The procedures in force, or undefined when they are not known: the catalog
   * did not answer and never has.
   */
  list(): Promise<GoverningSop[] | undefined>;
}

/**
 * How long an answer of the catalog is used, in milliseconds. A new procedure
 * shows on an entity when that entity is processed next, at the earliest after
 * this time; every replica asks once in this time.
 */
export const SOP_CACHE_MS = 10_000;

/** Lifecycles of procedures that are no longer followed. */
const ENDED_LIFECYCLES = ['superseded', 'retired'];

/**
 * Asks the catalog for its procedures or policies, seldom, and survives its
 * silence.
 */
export class CachedSopSource implements SopSource {
  private readonly auth: AuthService;
  private readonly catalog: Pick<CatalogService, 'getEntities'>;
  private readonly logger: LoggerService;
  private readonly now: () => number;
  private known: GoverningSop[] | undefined;
  private expiresAt = -Infinity;
  private pending: Promise<GoverningSop[] | undefined> | undefined;
  private readonly kind: string;
  private readonly predicate: string;

  constructor(options: {
    auth: AuthService;
    catalog: Pick<CatalogService, 'getEntities'>;
    logger: LoggerService;
    /** Whose predicates; default SOP and its `appliesTo`. */
    kind?: string;
    /** The property of `spec` that holds the predicate. */
    predicate?: string;
    /** Milliseconds; the clock unless a test brings its own. */
    now?: () => number;
  }) {
    this.auth = options.auth;
    this.catalog = options.catalog;
    this.logger = options.logger;
    this.kind = options.kind ?? 'SOP';
    this.predicate = options.predicate ?? 'appliesTo';
    this.now = options.now ?? Date.now;
  }

  async list(): Promise<GoverningSop[] | undefined> {
    if (this.now() < this.expiresAt) {
      return this.known;
    }
    // Many entities are processed at once; one question serves them all.
    this.pending ??= this.refresh().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async refresh(): Promise<GoverningSop[] | undefined> {
    try {
      const { items } = await this.catalog.getEntities(
        {
          filter: { kind: this.kind },
          fields: [
            'kind',
            'metadata.namespace',
            'metadata.name',
            'spec.lifecycle',
            `spec.${this.predicate}`,
          ],
        },
        { credentials: await this.auth.getOwnServiceCredentials() },
      );
      this.known = items.flatMap(item => this.toGoverningSop(item));
      this.expiresAt = this.now() + SOP_CACHE_MS;
    } catch (error) {
      // Usual while the back end starts. The next entity asks again.
      this.logger.debug(`Procedures could not be read: ${error}`);
    }
    return this.known;
  }

  private toGoverningSop(entity: Entity): GoverningSop[] {
    const { lifecycle, [this.predicate]: appliesTo } = entity.spec ?? {};
    if (
      appliesTo === undefined ||
      ENDED_LIFECYCLES.some(ended => ended === lifecycle)
    ) {
      return [];
    }
    const entityRef = stringifyEntityRef(entity);
    try {
      const matches = filterPredicateToFilterFunction<Entity>(
        parseFilterPredicate(appliesTo),
      );
      return [{ entityRef, appliesTo: matches }];
    } catch (error) {
      this.logger.warn(
        `${entityRef} governs nothing, its ${this.predicate} cannot be read: ${error}`,
      );
      return [];
    }
  }
}
