import {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError, stringifyError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { IncidentActor } from '@handrail/plugin-incidents-common';
import { related } from '../alerts/EntityMatcher';

/** Names the procedure to start for incidents of an entity. */
export const RUNBOOK_ANNOTATION = 'handrail.dev/runbook';

/** Entities as the caller may see them. */
export class Entities {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;

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
   * Who acts with these credentials.
   * @throws NotAllowedError for credentials of nobody.
   */
  actorOf(credentials: BackstageCredentials): IncidentActor {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      return { ref: credentials.principal.userEntityRef, kind: 'user' };
    }
    if (this.#auth.isPrincipal(credentials, 'service')) {
      const ref = `service:${credentials.principal.subject}`;
      return { ref, kind: 'service' };
    }
    throw new NotAllowedError('Somebody must be signed in');
  }

  /**
   * The refs in full, and the owners of those entities. While the catalog does
   * not answer refs are taken as they are: an incident must be declared then,
   * too.
   * @throws InputError naming the path of a ref that is none, or of an entity
   * that the caller cannot see.
   */
  async resolve(
    path: string,
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<{ entityRefs: string[]; owners: string[] }> {
    const entityRefs = refs.map((ref, index) =>
      parseRef(`${path}[${index}]`, ref),
    );
    const entities = await this.#read(entityRefs, credentials);
    entities?.forEach((entity, index) => {
      if (!entity) {
        throw new InputError(
          `${path}[${index}] is ${JSON.stringify(
            refs[index],
          )}; the catalog has no such entity that you can see`,
        );
      }
    });
    const owners = (entities ?? []).flatMap(entity =>
      entity ? related(entity, RELATION_OWNED_BY) : [],
    );
    return {
      entityRefs: [...new Set(entityRefs)],
      owners: [...new Set(owners)],
    };
  }

  /** @throws InputError when the ref is not that of somebody in the catalog. */
  async assertPerson(
    path: string,
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<string> {
    const person = parseRef(path, ref);
    const entities = await this.#read([person], credentials);
    if (!person.startsWith('user:') || (entities && !entities[0])) {
      throw new InputError(
        `${path} is ${JSON.stringify(
          ref,
        )}; allowed are people of the catalog, for example "user:default/name"`,
      );
    }
    return person;
  }

  /** The procedure that the first entity with the annotation names. */
  async runbookOf(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const entities = await this.#read(entityRefs, credentials);
    const named = entities
      ?.map(entity => entity?.metadata.annotations?.[RUNBOOK_ANNOTATION])
      .find(Boolean);
    return named ? parseRef(RUNBOOK_ANNOTATION, named, 'sop') : undefined;
  }

  /** Undefined when the catalog does not answer. */
  async #read(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<Array<Entity | undefined> | undefined> {
    if (refs.length === 0) {
      return [];
    }
    try {
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: refs,
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.annotations',
            'relations',
          ],
        },
        { credentials },
      );
      return items;
    } catch (error) {
      this.#logger.warn(
        `The catalog does not answer; ${refs.join(
          ', ',
        )} could not be looked up: ${stringifyError(error)}`,
      );
      return undefined;
    }
  }
}

function parseRef(path: string, ref: string, defaultKind?: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    throw new InputError(
      `${path} is ${JSON.stringify(
        ref.slice(0, 80),
      )}; allowed are entity refs such as "component:default/checkout"`,
    );
  }
}
