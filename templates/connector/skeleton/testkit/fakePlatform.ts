import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '../src/types.ts';

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Most that the platform puts on a page, whatever is asked for. */
const LARGEST_PAGE = 1000;

/**
 * A platform on this machine that behaves as real ones do: pages, rate limits,
 * tokens that expire. Its clock stands still until somebody waits, so tests are
 * quick and exact. Entities are made when they are asked for: there may be
 * millions.
 */
export class FakePlatform {
  readonly credentials: Credentials = {
    clientId: 'connector-tests',
    clientSecret: 'known to both sides',
  };
  /** Requests that were answered with something else than 429. */
  answered = 0;
  /** Entities that were given out. */
  served = 0;
  /** Requests that came although the platform had said to wait. */
  impatient = 0;
  /** How often it said to wait because of `throttleEvery`. */
  throttled = 0;
  /** Sign-ins that succeeded. */
  signIns = 0;
  /** Every so many answers the platform says to wait; 0 never. */
  throttleEvery = 0;
  /** Answers given instead of the right ones, first one first. */
  readonly instead: Answer[] = [];

  readonly #count: number;
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then(({ status, body, headers }) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-ratelimit-limit': '600',
        'x-ratelimit-remaining': String(Math.max(0, 600 - this.answered)),
        ...headers,
      });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  #now = Date.UTC(2026, 0, 1);
  #closedUntil = 0;
  #throttledAt = 0;
  #token = 0;

  /** @param count - how many entities there are */
  constructor(count: number) {
    this.#count = count;
  }

  /** @returns its address */
  async start(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  /** The clock of the platform; give it to the connector. */
  readonly now = () => this.#now;

  /** Lets time pass at once; give it to the connector. */
  readonly wait = async (ms: number) => {
    this.#now += ms;
  };

  /** From now on, and for so many seconds, every request is answered with 429. */
  throttle(seconds: number): void {
    this.#closedUntil = this.#now + seconds * 1000;
  }

  /** No token that was given out is accepted any more. */
  expireTokens(): void {
    this.#token += 1;
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    let form = '';
    for await (const chunk of request) {
      form += chunk;
    }
    if (this.#now < this.#closedUntil) {
      this.impatient += 1;
      return this.#tooMany();
    }
    if (this.#throttlesNow()) {
      this.throttle(3);
      return this.#tooMany();
    }
    this.answered += 1;
    const forced = this.instead.shift();
    if (forced) {
      return forced;
    }
    const url = new URL(request.url ?? '/', 'http://platform.invalid');
    if (url.pathname === '/oauth/token' && request.method === 'POST') {
      return this.#signIn(new URLSearchParams(form));
    }
    if (request.headers.authorization !== `Bearer token-${this.#token}`) {
      return { status: 401, body: { error: 'invalid_token' } };
    }
    return this.#read(url);
  }

  #throttlesNow(): boolean {
    const since = this.answered - this.#throttledAt;
    if (this.throttleEvery === 0 || since < this.throttleEvery) {
      return false;
    }
    this.#throttledAt = this.answered;
    this.throttled += 1;
    return true;
  }

  #tooMany(): Answer {
    const seconds = Math.ceil((this.#closedUntil - this.#now) / 1000);
    return {
      status: 429,
      body: { error: 'too many requests' },
      headers: { 'retry-after': String(seconds) },
    };
  }

  #signIn(form: URLSearchParams): Answer {
    const right =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === this.credentials.clientId &&
      form.get('client_secret') === this.credentials.clientSecret;
    if (!right) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    this.signIns += 1;
    return { status: 200, body: { ['access_token']: `token-${this.#token}` } };
  }

  #read(url: URL): Answer {
    if (url.pathname === '/v1/schema') {
      return { status: 200, body: SCHEMA };
    }
    if (url.pathname === '/v1/entities') {
      return { status: 200, body: this.#page(url.searchParams) };
    }
    const [, id] = /^\/v1\/entities\/([^/]+)$/.exec(url.pathname) ?? [];
    const entity = id && this.#entity(decodeURIComponent(id));
    return entity
      ? { status: 200, body: entity }
      : { status: 404, body: { error: 'not found' } };
  }

  #page(query: URLSearchParams) {
    const limit = Math.min(Number(query.get('limit') ?? 100), LARGEST_PAGE);
    const ids = query.getAll('id');
    if (ids.length > 0) {
      const items = ids
        .slice(0, limit)
        .map(id => this.#entity(id))
        .filter(item => item !== undefined);
      return { items, next: null };
    }
    const first = Number(query.get('cursor') ?? 0);
    const end = Math.min(first + limit, this.#count);
    const items = [];
    for (let index = first; index < end; index++) {
      items.push(this.#entity(`task-${index}`));
    }
    return { items, next: end < this.#count ? String(end) : null };
  }

  #entity(id: string) {
    const [, digits] = /^task-(\d+)$/.exec(id) ?? [];
    if (digits === undefined || Number(digits) >= this.#count) {
      return undefined;
    }
    this.served += 1;
    const index = Number(digits);
    return {
      id,
      type: 'task',
      updatedAt: new Date(Date.UTC(2025, 0, 1) + index * 1000).toISOString(),
      properties: {
        title: `Task ${index}`,
        // What real platforms hold: other scripts, nothing, dates of a kind.
        ['due_on']: index % 3 === 0 ? null : '2026-03-01',
        notes: index % 5 === 0 ? 'Überprüfen ✓ "quoted"\nsecond line' : '',
        done: index % 2 === 0,
      },
      links: [{ kind: 'project', to: `project-${index % 10}` }],
    };
  }
}

const SCHEMA = {
  version: '1',
  types: [
    {
      type: 'task',
      properties: [
        { name: 'title', type: 'string', required: true },
        { name: 'due_on', type: 'date', required: false },
        { name: 'notes', type: 'string', required: false },
        { name: 'done', type: 'boolean', required: true },
      ],
    },
  ],
};
