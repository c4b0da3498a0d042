import { parseToken } from './answers.ts';
import { ConnectorError, type Credentials, type RateLimits } from './types.ts';

export interface ClientOptions {
  baseUrl: string;
  /** Waits so many milliseconds. */
  wait?: (ms: number) => Promise<void>;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** How long one request may take, in milliseconds. */
  timeoutMs?: number;
  /** The longest wait that the platform may ask for, in milliseconds. */
  longestWaitMs?: number;
}

/** Attempts at one request, the first one included. */
const ATTEMPTS = 5;

const delay = (ms: number) =>
  new Promise<void>(resolve => {
    setTimeout(resolve, ms);
  });

/** Speaks HTTP to the platform: signs in, waits when told to, tries again. */
export class PlatformClient {
  readonly #options: Required<ClientOptions>;
  #credentials?: Credentials;
  #token?: string;
  #signingIn?: Promise<void>;
  #limits: RateLimits = {};

  constructor(options: ClientOptions) {
    this.#options = {
      wait: delay,
      now: Date.now,
      timeoutMs: 30_000,
      longestWaitMs: 300_000,
      ...options,
    };
  }

  get rateLimits(): RateLimits {
    return { ...this.#limits };
  }

  /** @throws ConnectorError `unauthenticated` when the platform refuses */
  async signIn(credentials: Credentials): Promise<void> {
    const response = await this.#patiently('POST', '/oauth/token', () => ({
      body: new URLSearchParams([
        ['grant_type', 'client_credentials'],
        ['client_id', credentials.clientId],
        ['client_secret', credentials.clientSecret],
      ]),
    }));
    if (!response.ok) {
      throw new ConnectorError(
        'unauthenticated',
        `The platform refuses the credentials of client ${credentials.clientId} (${response.status})`,
      );
    }
    this.#token = parseToken(await readJson(response, '/oauth/token'));
    this.#credentials = credentials;
  }

  /**
   * Reads a path.
   * @throws ConnectorError with the path and what the platform said
   */
  async get(path: string): Promise<unknown> {
    let used = this.#token;
    const send = () =>
      this.#patiently('GET', path, () => {
        used = this.#token;
        return { headers: { authorization: `Bearer ${used}` } };
      });
    if (!used) {
      throw new ConnectorError('unauthenticated', 'Call authenticate first');
    }

    let response = await send();
    if (response.status === 401) {
      await this.#renew(used);
      response = await send();
    }
    if (response.ok) {
      return readJson(response, path);
    }
    throw refusal(response.status, path);
  }

  /** Signs in once for all requests that found the same token expired. */
  async #renew(expired: string): Promise<void> {
    if (this.#token !== expired || !this.#credentials) {
      return;
    }
    this.#signingIn ??= this.signIn(this.#credentials).finally(() => {
      this.#signingIn = undefined;
    });
    await this.#signingIn;
  }

  /** Sends, and tries again after 429, 5xx and broken connections. */
  async #patiently(
    method: string,
    path: string,
    init: () => RequestInit,
  ): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === ATTEMPTS;
      const backoff = 500 * 2 ** (attempt - 1);
      let response: Response;
      try {
        response = await this.#send(method, path, init());
      } catch (error) {
        if (last) {
          const text = `${path}: the platform does not answer`;
          throw new ConnectorError('unavailable', text, { cause: error });
        }
        await this.#options.wait(backoff);
        continue;
      }
      if (response.status === 429) {
        await response.body?.cancel();
        await this.#waitAsTold(response, path, last, backoff);
      } else if (response.status >= 500 && !last) {
        await response.body?.cancel();
        await this.#options.wait(backoff);
      } else {
        return response;
      }
    }
  }

  async #send(method: string, path: string, init: RequestInit) {
    const response = await fetch(this.#options.baseUrl + path, {
      method,
      signal: AbortSignal.timeout(this.#options.timeoutMs),
      ...init,
    });
    this.#limits = {
      limit: numberIn(response, 'x-ratelimit-limit') ?? this.#limits.limit,
      remaining:
        numberIn(response, 'x-ratelimit-remaining') ?? this.#limits.remaining,
    };
    return response;
  }

  async #waitAsTold(
    response: Response,
    path: string,
    last: boolean,
    backoff: number,
  ): Promise<void> {
    const ms =
      retryAfter(response.headers.get('retry-after'), this.#options.now()) ??
      backoff;
    if (last || ms > this.#options.longestWaitMs) {
      const seconds = Math.ceil(ms / 1000);
      throw new ConnectorError(
        'rate-limited',
        `${path}: the platform allows no requests for another ${seconds} s`,
      );
    }
    await this.#options.wait(ms);
  }
}

/**
 * Milliseconds that a `Retry-After` header asks for: seconds, or a date (RFC 9110,
 * 10.2.3). Undefined when it is neither.
 */
export function retryAfter(
  header: string | null,
  now: number,
): number | undefined {
  if (header === null) {
    return undefined;
  }
  if (/^\d+$/.test(header.trim())) {
    return Number(header) * 1000;
  }
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function numberIn(response: Response, name: string): number | undefined {
  const text = response.headers.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

async function readJson(response: Response, path: string): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new ConnectorError(
      'invalid-answer',
      `${path}: the answer is no JSON`,
      {
        cause: error,
      },
    );
  }
}

function refusal(status: number, path: string): ConnectorError {
  if (status === 401) {
    return new ConnectorError(
      'unauthenticated',
      `${path}: the platform does not accept its own new token`,
    );
  }
  if (status === 404) {
    return new ConnectorError('not-found', `${path}: not on the platform`);
  }
  return status >= 500
    ? new ConnectorError(
        'unavailable',
        `${path}: the platform fails (${status})`,
      )
    : new ConnectorError(
        'refused',
        `${path}: the platform refuses (${status})`,
      );
}
