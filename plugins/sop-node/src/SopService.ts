import {
  AuthService,
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  RunView,
  SopClient,
  StartRunRequest,
} from '@handrail/plugin-sop-common';

/** Options of one request. @public */
export interface SopServiceRequestOptions {
  /** Who asks; the SOP back end decides by this principal's rights. */
  credentials: BackstageCredentials;
}

/**
 * The SOP back end for other back-end plugins and modules. Methods throw a
 * `ResponseError` when it refuses.
 * @public
 */
export interface SopService {
  /**
   * Starts a run. The same command id by the same principal gives the same run.
   */
  startRun(
    request: StartRunRequest,
    options: SopServiceRequestOptions,
  ): Promise<RunView>;

  getRun(runId: string, options: SopServiceRequestOptions): Promise<RunView>;
}

class DefaultSopService implements SopService {
  readonly #auth: AuthService;
  readonly #client: SopClient;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#client = new SopClient({ discoveryApi: options.discovery });
  }

  async startRun(
    request: StartRunRequest,
    options: SopServiceRequestOptions,
  ): Promise<RunView> {
    return this.#client.startRun(request, await this.#token(options));
  }

  async getRun(
    runId: string,
    options: SopServiceRequestOptions,
  ): Promise<RunView> {
    return this.#client.getRun(runId, await this.#token(options));
  }

  #token(options: SopServiceRequestOptions): Promise<{ token: string }> {
    return this.#auth.getPluginRequestToken({
      onBehalfOf: options.credentials,
      targetPluginId: 'sop',
    });
  }
}

/**
 * Gives access to {@link SopService}. No module has to be installed for it but
 * the SOP back end itself, in this process or another.
 * @public
 */
export const sopServiceRef = createServiceRef<SopService>({
  id: 'sop.service',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: deps => new DefaultSopService(deps),
    }),
});
