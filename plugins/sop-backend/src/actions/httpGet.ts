import { InputError, isError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { SopEndpoint } from '../config';

/** Greatest body, in bytes. */
export const MAX_BODY_SIZE = 60_000;
const MAX_REDIRECTS = 3;
const DEFAULT_TIMEOUT_MS = 10_000;

/** What a GET came to. Any status is an answer; `ok` tells 2xx. */
export interface HttpGetResult {
  status: number;
  ok: boolean;
  /** Parsed when the answer says it is JSON, else text. */
  body: JsonValue;
  durationMs: number;
}

/** The endpoint did not answer in an acceptable way. */
export class EndpointError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EndpointError';
  }
}

/**
 * Reads a named endpoint. Steps never give a URL: neither the path nor a
 * redirect leads to another host or above the configured path.
 *
 * @throws InputError when the endpoint or the path is not acceptable.
 * @throws EndpointError when there is no answer, a redirect leaves the host, or
 * the body is too large.
 */
export async function httpGet(
  request: { endpoint: string; path?: string },
  options: { endpoints: Map<string, SopEndpoint>; timeoutMs?: number },
): Promise<HttpGetResult> {
  const { endpoints, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const endpoint = endpoints.get(request.endpoint);
  if (!endpoint) {
    const names = [...endpoints.keys()].sort().join(', ');
    throw new InputError(
      `endpoint: found "${request.endpoint}"; allowed: ${
        names || 'none, sop.endpoints is empty'
      }`,
    );
  }
  const start = performance.now();
  try {
    const response = await follow(
      resolveUrl(endpoint, request.path),
      endpoint,
      AbortSignal.timeout(timeoutMs),
    );
    const body = await readBody(response, endpoint.name);
    return {
      status: response.status,
      ok: response.ok,
      body,
      durationMs: Math.round(performance.now() - start),
    };
  } catch (error) {
    throw describe(error, endpoint.name, timeoutMs);
  }
}

function resolveUrl(endpoint: SopEndpoint, path: string | undefined): URL {
  if (path === undefined) {
    return endpoint.url;
  }
  const base = endpoint.url.href.replace(/\/$/, '');
  const url =
    /^\/(?!\/)/.test(path) && !/[\\#]/.test(path) && URL.canParse(base + path)
      ? new URL(base + path)
      : undefined;
  const root = endpoint.url.pathname.replace(/\/$/, '');
  if (
    url?.origin !== endpoint.url.origin ||
    // `..` and its encoded forms are resolved by now.
    !(url.pathname === root || url.pathname.startsWith(`${root}/`))
  ) {
    throw new InputError(
      `path: found "${path.slice(
        0,
        100,
      )}"; allowed: a path below the endpoint that begins with /, such as /status?name=value`,
    );
  }
  return url;
}

async function follow(
  start: URL,
  endpoint: SopEndpoint,
  signal: AbortSignal,
): Promise<Response> {
  let url = start;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await fetch(url, {
      headers: {
        Accept: 'application/json, text/*;q=0.9',
        ...endpoint.headers,
      },
      redirect: 'manual',
      signal,
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || !location) {
      return response;
    }
    await response.body?.cancel();
    url = new URL(location, url);
    if (url.origin !== endpoint.url.origin) {
      throw new EndpointError(
        `Endpoint "${endpoint.name}" redirects to ${url.origin}; redirects to other hosts are not followed`,
      );
    }
  }
  throw new EndpointError(
    `Endpoint "${endpoint.name}" redirects more than ${MAX_REDIRECTS} times`,
  );
}

async function readBody(response: Response, name: string): Promise<JsonValue> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) {
      break;
    }
    size += next.value.length;
    if (size > MAX_BODY_SIZE) {
      await reader?.cancel();
      throw new EndpointError(
        `Endpoint "${name}" answered with more than ${MAX_BODY_SIZE} bytes`,
      );
    }
    chunks.push(next.value);
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  if (/[/+]json\b/i.test(response.headers.get('content-type') ?? '')) {
    try {
      return JSON.parse(text);
    } catch {
      // What claims to be JSON and is not is shown as it is.
    }
  }
  return text;
}

function describe(error: unknown, name: string, timeoutMs: number): unknown {
  if (!isError(error)) {
    return error;
  }
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return new EndpointError(
      `Endpoint "${name}" did not answer within ${timeoutMs / 1000} s`,
    );
  }
  if (error.name === 'TypeError') {
    const { code } = (error.cause ?? {}) as { code?: string };
    return new EndpointError(
      `Endpoint "${name}" cannot be reached${code ? ` (${code})` : ''}`,
    );
  }
  return error;
}
