import { ResponseError } from '@backstage/errors';
import createClient, { Client } from 'openapi-fetch';
import type { paths } from './generated/openapi';
import {
  AlertPage,
  DeclareRequest,
  DeliveryPage,
  GetMetricsRequest,
  GetTimelineRequest,
  IncidentCommandRequest,
  IncidentMetrics,
  IncidentPage,
  IncidentTimelinePage,
  IncidentVerification,
  IncidentView,
  ListAlertsRequest,
  ListDeliveriesRequest,
  ListIncidentsRequest,
  PolicyView,
} from './types';

/** Options of one request. @public */
export interface IncidentsRequestOptions {
  /** Backstage token; the browser's fetch API adds its own. */
  token?: string;
}

/**
 * The incidents back end. Every method throws a `ResponseError` when the server
 * refuses: its `body.error` may carry `missing` and, with 409, `changes`.
 * Incidents are named by id or by reference such as `INC-12`.
 * @public
 */
export interface IncidentsApi {
  getPolicy(options?: IncidentsRequestOptions): Promise<PolicyView>;
  listIncidents(
    request?: ListIncidentsRequest,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentPage>;
  declare(
    request: DeclareRequest,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentView>;
  getIncident(
    incidentId: string,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentView>;
  executeCommand(
    incidentId: string,
    request: IncidentCommandRequest,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentView>;
  getTimeline(
    incidentId: string,
    page?: GetTimelineRequest,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentTimelinePage>;
  verifyIncident(
    incidentId: string,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentVerification>;
  getMetrics(
    request?: GetMetricsRequest,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentMetrics>;
  listAlerts(
    request?: ListAlertsRequest,
    options?: IncidentsRequestOptions,
  ): Promise<AlertPage>;
  listDeliveries(
    request?: ListDeliveriesRequest,
    options?: IncidentsRequestOptions,
  ): Promise<DeliveryPage>;
}

/**
 * Typed client over the generated paths, for browsers and back ends.
 * @public
 */
export class IncidentsClient implements IncidentsApi {
  private readonly discoveryApi: { getBaseUrl(id: string): Promise<string> };
  private readonly fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(id: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi ?? { fetch: (...args) => fetch(...args) };
  }

  async getPolicy(options?: IncidentsRequestOptions): Promise<PolicyView> {
    const client = await this.client(options);
    return unwrap(await client.request('get', '/policy'));
  }

  async listIncidents(
    request: ListIncidentsRequest = {},
    options?: IncidentsRequestOptions,
  ): Promise<IncidentPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/incidents', { params: { query: request } }),
    );
  }

  async declare(
    request: DeclareRequest,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentView> {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', '/incidents', { body: request }),
    );
  }

  async getIncident(
    incidentId: string,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentView> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/incidents/{incidentId}', {
        params: { path: { incidentId } },
      }),
    );
  }

  async executeCommand(
    incidentId: string,
    request: IncidentCommandRequest,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentView> {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', '/incidents/{incidentId}/commands', {
        params: { path: { incidentId } },
        body: request,
      }),
    );
  }

  async getTimeline(
    incidentId: string,
    page: GetTimelineRequest = {},
    options?: IncidentsRequestOptions,
  ): Promise<IncidentTimelinePage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/incidents/{incidentId}/timeline', {
        params: { path: { incidentId }, query: page },
      }),
    );
  }

  async verifyIncident(
    incidentId: string,
    options?: IncidentsRequestOptions,
  ): Promise<IncidentVerification> {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', '/incidents/{incidentId}/verify', {
        params: { path: { incidentId } },
      }),
    );
  }

  async getMetrics(
    request: GetMetricsRequest = {},
    options?: IncidentsRequestOptions,
  ): Promise<IncidentMetrics> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/metrics', { params: { query: request } }),
    );
  }

  async listAlerts(
    request: ListAlertsRequest = {},
    options?: IncidentsRequestOptions,
  ): Promise<AlertPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/alerts', { params: { query: request } }),
    );
  }

  async listDeliveries(
    request: ListDeliveriesRequest = {},
    options?: IncidentsRequestOptions,
  ): Promise<DeliveryPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/deliveries', {
        params: { query: request },
      }),
    );
  }

  /**
   * By address and options: Backstage's fetch middleware reads a request more
   * than once, which a `Request` with a body does not allow.
   */
  private async send(request: Request): Promise<Response> {
    return this.fetchApi.fetch(request.url, {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: request.body ? await request.text() : undefined,
      signal: request.signal,
    });
  }

  private async client(
    options?: IncidentsRequestOptions,
  ): Promise<Client<paths>> {
    return createClient<paths>({
      baseUrl: await this.discoveryApi.getBaseUrl('incidents'),
      fetch: request => this.send(request),
      headers: options?.token
        ? { Authorization: `Bearer ${options.token}` }
        : undefined,
    });
  }
}

/**
 * The body has been read by then, so the error is built from the parsed one
 * and keeps what `ResponseError` keeps.
 */
async function unwrap<T>(result: {
  data?: T;
  error?: unknown;
  response: Response;
}): Promise<T> {
  if (result.error !== undefined || !result.response.ok) {
    throw await ResponseError.fromResponse(
      new Response(JSON.stringify(result.error ?? {}), {
        status: result.response.status,
        statusText: result.response.statusText,
        headers: { 'content-type': 'application/json' },
      }),
    );
  }
  return result.data as T;
}
