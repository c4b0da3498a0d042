import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { OutcomeUnknownError, refusal, textOf } from './errors';
import { retryAfter } from './retryAfter';

/** Greatest answer, in bytes. */
const MAX_ANSWER_SIZE = 2_000_000;
const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_PATIENCE_MS = 30_000;

/** @public */
export interface RestClientOptions {
  /** What errors call the other side, for example `Jira “identity”`. */
  who: string;
  /** http or https; paths of requests are added to it. */
  baseUrl: string;
  /** Sent with every request, for example for authorization. */
  headers: () => Promise<Record<string, string>>;
  /** How long one request may take, in milliseconds. Default 10 s. */
  timeoutMs?: number;
  /** How long all waits that the other side asks for may take. Default 30 s. */
  patienceMs?: number;
}

/** @public */
export interface RestRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash; its parts are encoded by the caller. */
  path: string;
  query?: Record<string, string>;
  body?: JsonValue;
  /**
   * A repeat would do it twice. When the answer is lost it is not known whether
   * it took effect, and the error says so.
   */
  once?: boolean;
}

/**
 * Talks JSON to a server that the configuration names: within bounds of time and
 * size, without following redirects, and with errors that say what to do.
 * @public
 */
export class RestClient {
  readonly #options: RestClientOptions;

  constructor(options: RestClientOptions) {
    this.#options = options;
  }

  /**
   * @throws AuthenticationError, NotAllowedError, NotFoundError, ConflictError,
   * InputError for 401, 403, 404, 409 and other refusals, with what the other
   * side said.
   * @throws ServiceUnavailableError when it does not answer, is broken, or limits
   * how often it may be asked for longer than this client waits.
   * @throws OutcomeUnknownError instead, when the request must not be repeated
   * and may have taken effect.
   */
  async request<T = JsonValue>(request: RestRequest): Promise<T> {
    const { who, patienceMs = DEFAULT_PATIENCE_MS } = this.#options;
    let patience = patienceMs;
    for (;;) {
      const response = await this.#send(request);
      const limit = limitOf(response);
      if (!limit) {
        return this.#accept<T>(request, response);
      }
      await response.body?.cancel();
      if (limit.waitMs === undefined || limit.waitMs > patience) {
        throw new ServiceUnavailableError(
          `${who} limits how often it may be asked${
            limit.waitMs === undefined
              ? ''
              : `; again in ${Math.ceil(limit.waitMs / 1000)} s`
          }`,
        );
      }
      const waitMs = limit.waitMs;
      patience -= Math.max(waitMs, 1);
      await new Promise(done => setTimeout(done, waitMs));
    }
  }

  async #send({
    method,
    path,
    query,
    body,
    once,
  }: RestRequest): Promise<Response> {
    const { who, baseUrl, headers, timeoutMs } = this.#options;
    const search = query ? `?${new URLSearchParams(query)}` : '';
    const millis = timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const own = await headers();
    try {
      return await fetch(`${baseUrl}${path}${search}`, {
        method,
        headers: {
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...own,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(millis),
      });
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { code?: string };
      const isLate = (error as Error).name === 'TimeoutError';
      // Whoever was never reached has done nothing.
      const wasReached =
        isLate || !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code!);
      const what = isLate
        ? `${who} did not answer within ${millis / 1000} s`
        : `${who} cannot be reached${code ? ` (${code})` : ''}`;
      throw once && wasReached
        ? new OutcomeUnknownError(what)
        : new ServiceUnavailableError(what);
    }
  }

  async #accept<T>(request: RestRequest, response: Response): Promise<T> {
    const { who } = this.#options;
    const { status } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      throw new InputError(
        `${who} answered with a redirect to ${response.headers.get(
          'location',
        )}; its address in the configuration should be the one that answers`,
      );
    }
    if (status >= 500) {
      const what = `${who} answered ${status}`;
      await response.body?.cancel();
      throw request.once
        ? new OutcomeUnknownError(what)
        : new ServiceUnavailableError(what);
    }
    const { text, isWhole } = await this.#read(request, response);
    if (!response.ok) {
      throw refusal(who, status, textOf(text));
    }
    if (text === '') {
      return null as T;
    }
    try {
      return JSON.parse(isWhole ? text : '') as T;
    } catch {
      const what = `${who} answered ${status} with something that is ${
        isWhole ? 'no JSON' : `larger than ${MAX_ANSWER_SIZE} bytes`
      }`;
      throw request.once
        ? new OutcomeUnknownError(what)
        : new ServiceUnavailableError(what);
    }
  }

  async #read(
    { once }: RestRequest,
    response: Response,
  ): Promise<{ text: string; isWhole: boolean }> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of response.body ?? []) {
        size += chunk.length;
        if (size > MAX_ANSWER_SIZE) {
          return { text: ' ', isWhole: false };
        }
        chunks.push(chunk);
      }
    } catch {
      const what = `${this.#options.who} broke off its answer`;
      throw once
        ? new OutcomeUnknownError(what)
        : new ServiceUnavailableError(what);
    }
    return { text: Buffer.concat(chunks).toString('utf8'), isWhole: true };
  }
}

/** Whether the other side asks to be left alone, and for how long. */
function limitOf(response: Response): { waitMs?: number } | undefined {
  const { status, headers } = response;
  // GitHub says it with a 403.
  const isForbidden =
    status === 403 &&
    (headers.has('retry-after') ||
      headers.get('x-ratelimit-remaining') === '0');
  return status === 429 || isForbidden
    ? { waitMs: retryAfter(headers, Date.now()) }
    : undefined;
}
