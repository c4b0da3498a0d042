import {
  AuthService,
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { SloClient, SloSummary } from '@handrail/plugin-slo-common';

/** Options of one request. @public */
export interface SloServiceRequestOptions {
  /** Who asks; the SLO back end decides by this principal's rights. */
  credentials: BackstageCredentials;
}

/**
 * The SLO back end for other back-end plugins and modules. Methods throw a
 * `ResponseError` when it refuses.
 * @public
 */
export interface SloService {
  /**
   * Every SLO that measures an entity, with its status and budget; those in the
   * worst state first.
   */
  listSlos(
    request: { entityRef: string },
    options: SloServiceRequestOptions,
  ): Promise<SloSummary[]>;
}

const PAGE = 200;

class DefaultSloService implements SloService {
  readonly #auth: AuthService;
  readonly #client: SloClient;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#client = new SloClient({ discoveryApi: options.discovery });
  }

  async listSlos(
    request: { entityRef: string },
    options: SloServiceRequestOptions,
  ): Promise<SloSummary[]> {
    const token = await this.#auth.getPluginRequestToken({
      onBehalfOf: options.credentials,
      targetPluginId: 'slo',
    });
    const items: SloSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#client.listSlos(
        { entityRef: request.entityRef, limit: PAGE, cursor },
        token,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }
}

/**
 * Gives access to {@link SloService}. No module has to be installed for it but
 * the SLO back end itself, in this process or another.
 * @public
 */
export const sloServiceRef = createServiceRef<SloService>({
  id: 'slo.service',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: deps => new DefaultSloService(deps),
    }),
});
