import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NameOf, nameOf } from '@handrail/plugin-incidents-common';

/** How long names may be out of date, in milliseconds. */
const TTL = 60_000;
const BATCH = 500;
const MAX_KNOWN = 10_000;

/** What people and groups are called in the catalog. */
export class Names {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #known = new Map<string, { until: number; name?: string }>();

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
  }

  /**
   * Looks names up. Who has none, or everybody while the catalog does not
   * answer, is called by user name: incidents go on without the catalog.
   */
  async of(refs: string[]): Promise<NameOf> {
    const now = Date.now();
    const missing = [...new Set(refs)].filter(
      ref => !((this.#known.get(ref)?.until ?? 0) > now),
    );
    if (this.#known.size > MAX_KNOWN) {
      this.#known.clear();
    }
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH);
      const items = await this.#read(batch);
      batch.forEach((ref, index) => {
        const name = items && readName(items[index]);
        this.#known.set(ref, { until: now + TTL, name });
      });
    }
    return ref => this.#known.get(ref)?.name ?? nameOf(ref);
  }

  /** Undefined when the catalog does not answer. */
  async #read(
    entityRefs: string[],
  ): Promise<Array<Entity | undefined> | undefined> {
    try {
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs,
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.title',
            'spec.profile.displayName',
          ],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      return items;
    } catch (error) {
      this.#logger.warn(
        `The catalog does not answer; people are called by user name: ${stringifyError(
          error,
        )}`,
      );
      return undefined;
    }
  }
}

function readName(entity: Entity | undefined): string | undefined {
  const profile = entity?.spec?.profile;
  const name =
    profile && typeof profile === 'object' && !Array.isArray(profile)
      ? profile.displayName
      : undefined;
  return typeof name === 'string' && name.trim()
    ? name.trim()
    : entity?.metadata.title;
}

const PEOPLE = /^(user|group):[^/]+\/[^/]+$/;

/** The people and groups that the data of events names. */
export function peopleIn(data: object): string[] {
  return Object.values(data)
    .flat()
    .filter(
      (value): value is string =>
        typeof value === 'string' && PEOPLE.test(value),
    );
}
