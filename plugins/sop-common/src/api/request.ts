import { ResponseError } from '@backstage/errors';
import createClient, { Client } from 'openapi-fetch';
import type { paths } from './generated/openapi';

/** Options of one request. @public */
export interface SopRequestOptions {
  /** Backstage token; the browser's fetch API adds its own. */
  token?: string;
}

/** Sends typed requests to the SOP back end. */
export class SopRequests {
  private readonly discoveryApi: { getBaseUrl(id: string): Promise<string> };
  private readonly fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(id: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi ?? { fetch: (...args) => fetch(...args) };
  }

  protected async client(options?: SopRequestOptions): Promise<Client<paths>> {
    return createClient<paths>({
      baseUrl: await this.discoveryApi.getBaseUrl('sop'),
      fetch: request => this.send(request),
      headers: options?.token
        ? { Authorization: `Bearer ${options.token}` }
        : undefined,
    });
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
}

/**
 * The body has been read by then, so the error is built from the parsed one
 * and keeps what `ResponseError` keeps.
 */
export async function unwrap<T>(result: {
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
