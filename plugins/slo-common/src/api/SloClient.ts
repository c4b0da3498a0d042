import { ResponseError } from '@backstage/errors';
import createClient, { Client } from 'openapi-fetch';
import type { paths } from './generated/openapi';
import {
  AddCountersRequest,
  AddCountersResult,
  BurnDownRequest,
  ListSlosRequest,
  SloBurnDown,
  SloKey,
  SloPage,
  SloRules,
  SloView,
  ValidationResult,
} from './types';

/** Options of one request. @public */
export interface SloRequestOptions {
  /** Backstage token; the browser's fetch API adds its own. */
  token?: string;
}

/**
 * The SLO back end. Every method throws a `ResponseError` when the server
 * refuses; its `body.error` may carry `problems`.
 * @public
 */
export interface SloApi {
  listSlos(
    request?: ListSlosRequest,
    options?: SloRequestOptions,
  ): Promise<SloPage>;
  getSlo(key: SloKey, options?: SloRequestOptions): Promise<SloView>;
  getBurnDown(
    request: BurnDownRequest,
    options?: SloRequestOptions,
  ): Promise<SloBurnDown>;
  getRules(key: SloKey, options?: SloRequestOptions): Promise<SloRules>;
  evaluateSlo(key: SloKey, options?: SloRequestOptions): Promise<SloView>;
  validateDocument(
    content: string,
    options?: SloRequestOptions,
  ): Promise<ValidationResult>;
  addCounters(
    request: AddCountersRequest,
    options?: SloRequestOptions,
  ): Promise<AddCountersResult>;
}

/**
 * Typed client over the generated paths, for browsers and back ends.
 * @public
 */
export class SloClient implements SloApi {
  private readonly discoveryApi: { getBaseUrl(id: string): Promise<string> };
  private readonly fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(id: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi ?? { fetch: (...args) => fetch(...args) };
  }

  async listSlos(
    request: ListSlosRequest = {},
    options?: SloRequestOptions,
  ): Promise<SloPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/slos', { params: { query: request } }),
    );
  }

  async getSlo(key: SloKey, options?: SloRequestOptions): Promise<SloView> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/slos/{namespace}/{name}', {
        params: { path: pathOf(key) },
      }),
    );
  }

  async getBurnDown(
    request: BurnDownRequest,
    options?: SloRequestOptions,
  ): Promise<SloBurnDown> {
    const client = await this.client(options);
    const { objective, points } = request;
    return unwrap(
      await client.request('get', '/slos/{namespace}/{name}/burn-down', {
        params: { path: pathOf(request), query: { objective, points } },
      }),
    );
  }

  async getRules(key: SloKey, options?: SloRequestOptions): Promise<SloRules> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/slos/{namespace}/{name}/rules', {
        params: { path: pathOf(key) },
      }),
    );
  }

  async evaluateSlo(
    key: SloKey,
    options?: SloRequestOptions,
  ): Promise<SloView> {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', '/slos/{namespace}/{name}/evaluate', {
        params: { path: pathOf(key) },
      }),
    );
  }

  async validateDocument(
    content: string,
    options?: SloRequestOptions,
  ): Promise<ValidationResult> {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', '/validate', { body: { content } }),
    );
  }

  async addCounters(
    request: AddCountersRequest,
    options?: SloRequestOptions,
  ): Promise<AddCountersResult> {
    const client = await this.client(options);
    return unwrap(await client.request('post', '/counters', { body: request }));
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

  private async client(options?: SloRequestOptions): Promise<Client<paths>> {
    return createClient<paths>({
      baseUrl: await this.discoveryApi.getBaseUrl('slo'),
      fetch: request => this.send(request),
      headers: options?.token
        ? { Authorization: `Bearer ${options.token}` }
        : undefined,
    });
  }
}

function pathOf({ namespace, name }: SloKey): SloKey {
  return { namespace, name };
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
