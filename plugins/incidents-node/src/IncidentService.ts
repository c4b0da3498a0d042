import {
  AuthService,
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  DeclareRequest,
  IncidentPage,
  IncidentsClient,
  IncidentView,
  ListIncidentsRequest,
} from '@handrail/plugin-incidents-common';

/** Options of one request. @public */
export interface IncidentServiceRequestOptions {
  /** Who asks; the incidents back end decides by this principal's rights. */
  credentials: BackstageCredentials;
}

/**
 * The incidents back end for other back-end plugins and modules. Methods throw
 * a `ResponseError` when it refuses.
 * @public
 */
export interface IncidentService {
  /** Newest first; `{ entityRef, open: true }` for what affects an entity now. */
  listIncidents(
    request: ListIncidentsRequest,
    options: IncidentServiceRequestOptions,
  ): Promise<IncidentPage>;

  getIncident(
    incidentId: string,
    options: IncidentServiceRequestOptions,
  ): Promise<IncidentView>;

  /** The same command id by the same principal gives the same incident. */
  declare(
    request: DeclareRequest,
    options: IncidentServiceRequestOptions,
  ): Promise<IncidentView>;
}

class DefaultIncidentService implements IncidentService {
  readonly #auth: AuthService;
  readonly #client: IncidentsClient;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#client = new IncidentsClient({ discoveryApi: options.discovery });
  }

  async listIncidents(
    request: ListIncidentsRequest,
    options: IncidentServiceRequestOptions,
  ): Promise<IncidentPage> {
    return this.#client.listIncidents(request, await this.#token(options));
  }

  async getIncident(
    incidentId: string,
    options: IncidentServiceRequestOptions,
  ): Promise<IncidentView> {
    return this.#client.getIncident(incidentId, await this.#token(options));
  }

  async declare(
    request: DeclareRequest,
    options: IncidentServiceRequestOptions,
  ): Promise<IncidentView> {
    return this.#client.declare(request, await this.#token(options));
  }

  #token(options: IncidentServiceRequestOptions): Promise<{ token: string }> {
    return this.#auth.getPluginRequestToken({
      onBehalfOf: options.credentials,
      targetPluginId: 'incidents',
    });
  }
}

/**
 * Gives access to {@link IncidentService}. No module has to be installed for it
 * but the incidents back end itself, in this process or another.
 * @public
 */
export const incidentServiceRef = createServiceRef<IncidentService>({
  id: 'incidents.service',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: deps => new DefaultIncidentService(deps),
    }),
});
