import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** Finds entities for a processor. */
export interface EntityFinder {
  /** @returns undefined when the catalog did not answer, null when it is not there */
  find(ref: string): Promise<Entity | null | undefined>;
}

const KEEP_MS = 10_000;

/** Asks the catalog, and keeps each answer for as long as one round takes. */
export class CatalogEntityFinder implements EntityFinder {
  readonly #answers = new Map<
    string,
    { until: number; entity: Promise<Entity | null | undefined> }
  >();

  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogService;
      logger: LoggerService;
    },
  ) {}

  find(ref: string): Promise<Entity | null | undefined> {
    const known = this.#answers.get(ref);
    if (known && known.until > Date.now()) {
      return known.entity;
    }
    if (this.#answers.size > 5000) {
      this.#answers.clear();
    }
    const entity = this.#ask(ref);
    this.#answers.set(ref, { until: Date.now() + KEEP_MS, entity });
    return entity;
  }

  async #ask(ref: string): Promise<Entity | null | undefined> {
    const { auth, catalog, logger } = this.options;
    try {
      const credentials = await auth.getOwnServiceCredentials();
      return (await catalog.getEntityByRef(ref, { credentials })) ?? null;
    } catch (error) {
      this.#answers.delete(ref);
      logger.debug(
        `The catalog did not tell of ${ref}: ${stringifyError(error)}`,
      );
      return undefined;
    }
  }
}
