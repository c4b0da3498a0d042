import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { CompoundEntityRef, parseEntityRef } from '@backstage/catalog-model';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { buildOutcome } from './eventStream';
import { textOfHtml } from './html';

/** A build takes its time; an action must end within 5 minutes. */
const BUILD_MS = 200_000;
const READ_MS = 10_000;
const MAX_PAGE_SIZE = 5_000_000;

/** A page of the docs of an entity. */
export interface DocsPage {
  entityRef: string;
  /** Path of the page in the docs, without slashes around it; empty for the first. */
  path: string;
  /** What the page must say, such as its title. */
  contains?: string;
}

/**
 * Publishes with TechDocs: has the docs of an entity built from its repository,
 * and looks whether the page is there.
 */
export class DocsPublisher {
  readonly #options: {
    auth: AuthService;
    discovery: DiscoveryService;
    /** Where people read. */
    appBaseUrl: string;
  };

  constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    appBaseUrl: string;
  }) {
    this.#options = options;
  }

  /**
   * @throws InputError when the entity ref or the path has the wrong form.
   * @throws NotFoundError when there is no such entity.
   * @throws ServiceUnavailableError when the docs cannot be built, or the page is
   * not there (yet): TechDocs looks into a repository at most once a minute.
   */
  async publish(page: DocsPage): Promise<{ url: string; updated: boolean }> {
    const { entityRef, contains } = page;
    const place = placeOf(entityRef);
    const path = pathOf(page.path);
    const updated = await this.#build(entityRef, place);
    const text = await this.#read(entityRef, `${place}/${path}index.html`);
    if (contains !== undefined && !textOfHtml(text).includes(contains)) {
      throw new ServiceUnavailableError(
        `The page ${
          page.path || 'index'
        } of ${entityRef} does not say “${contains}” yet`,
      );
    }
    return {
      url: `${this.#options.appBaseUrl}/docs/${place}/${path}`,
      updated,
    };
  }

  async #build(entityRef: string, place: string): Promise<boolean> {
    const response = await this.#get(`/sync/${place}`, BUILD_MS, {
      Accept: 'text/event-stream',
    });
    if (response.status === 404) {
      throw new NotFoundError(`${entityRef} is not in the catalog`);
    }
    const outcome = response.ok
      ? buildOutcome(await response.text())
      : undefined;
    if (!outcome) {
      throw new ServiceUnavailableError(
        `TechDocs answered ${response.status} and no end of the build`,
      );
    }
    if (outcome.error !== undefined) {
      throw new ServiceUnavailableError(outcome.error.slice(0, 500));
    }
    return outcome.updated;
  }

  async #read(entityRef: string, path: string): Promise<string> {
    const response = await this.#get(`/static/docs/${path}`, READ_MS);
    const text = response.ok ? await response.text() : '';
    if (!response.ok || text.length > MAX_PAGE_SIZE) {
      await response.body?.cancel().catch(() => undefined);
      throw new ServiceUnavailableError(
        response.status === 404
          ? `There is no page ${path} in the docs of ${entityRef} yet`
          : `The page ${path} cannot be read (${response.status})`,
      );
    }
    return text;
  }

  async #get(
    path: string,
    millis: number,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const { auth, discovery } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'techdocs',
    });
    try {
      return await fetch(`${await discovery.getBaseUrl('techdocs')}${path}`, {
        headers: { ...headers, Authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(millis),
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        (error as Error).name === 'TimeoutError'
          ? `TechDocs did not answer within ${millis / 1000} s`
          : 'TechDocs cannot be reached; is it installed?',
      );
    }
  }
}

function placeOf(entityRef: string): string {
  let ref: CompoundEntityRef;
  try {
    ref = parseEntityRef(entityRef, { defaultNamespace: 'default' });
  } catch (error) {
    throw new InputError(`entityRef: ${(error as Error).message}`);
  }
  return [ref.namespace, ref.kind, ref.name]
    .map(part => encodeURIComponent(part.toLowerCase()))
    .join('/');
}

/** @returns the path with a slash at its end, or nothing */
function pathOf(text: string): string {
  const path = text.replace(/^\/+|\/+$|\/?(?:index)?\.(?:md|html)$/g, '');
  if (!/^[\w./-]{0,500}$/.test(path) || path.split('/').includes('..')) {
    throw new InputError(
      `path: found "${text.slice(
        0,
        100,
      )}"; allowed: a path in the docs, such as troubleshooting/log-in`,
    );
  }
  return path === '' ? '' : `${path}/`;
}
