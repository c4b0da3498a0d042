import {
  AuthService,
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  CommandRequest,
  GateDecision,
  ListRunsRequest,
  ListTasksRequest,
  RunPage,
  RunView,
  SopClient,
  StartRunRequest,
  TaskPage,
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

  /** Whether an entity may be changed now, and every reason. */
  getGate(
    entityRef: string,
    options: SopServiceRequestOptions,
  ): Promise<GateDecision>;

  /** Runs, newest first, one page. */
  listRuns(
    request: ListRunsRequest,
    options: SopServiceRequestOptions,
  ): Promise<RunPage>;

  /** Tasks of the principal, one page. */
  listTasks(
    request: ListTasksRequest,
    options: SopServiceRequestOptions,
  ): Promise<TaskPage>;

  /** The same command id by the same principal takes effect once. */
  executeCommand(
    runId: string,
    request: CommandRequest,
    options: SopServiceRequestOptions,
  ): Promise<RunView>;
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

  async listRuns(
    request: ListRunsRequest,
    options: SopServiceRequestOptions,
  ): Promise<RunPage> {
    return this.#client.listRuns(request, await this.#token(options));
  }

  async listTasks(
    request: ListTasksRequest,
    options: SopServiceRequestOptions,
  ): Promise<TaskPage> {
    return this.#client.listTasks(request, await this.#token(options));
  }

  async executeCommand(
    runId: string,
    request: CommandRequest,
    options: SopServiceRequestOptions,
  ): Promise<RunView> {
    return this.#client.executeCommand(
      runId,
      request,
      await this.#token(options),
    );
  }

  async getGate(
    entityRef: string,
    options: SopServiceRequestOptions,
  ): Promise<GateDecision> {
    return this.#client.getGate(entityRef, await this.#token(options));
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
