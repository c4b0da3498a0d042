import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { findRoute, HttpError, type Route } from './routes.ts';

interface Answer {
  status: number;
  body: object | string;
  headers?: Record<string, string>;
}

const UNMATCHED = 'unmatched';

/** The HTTP service: probes, metrics and the operations in `routes`. */
export class Service {
  readonly metrics = new Metrics();
  readonly #server = createServer((request, response) => {
    void this.#serve(request, response);
  });
  readonly #config: Config;
  readonly #log: Log;
  readonly #routes: Route[];
  readonly #wait: (ms: number) => Promise<void>;
  #ready = false;

  constructor(options: {
    config: Config;
    log: Log;
    routes: Route[];
    /** Waits so many milliseconds. */
    wait?: (ms: number) => Promise<void>;
  }) {
    this.#wait = options.wait ?? delay;
    this.#config = options.config;
    this.#log = options.log;
    this.#routes = options.routes;
    for (const { method, path } of options.routes) {
      this.metrics.expect(method, path);
    }
  }

  /**
   * Begins to listen.
   * @returns the port
   * @throws Error when the port is taken
   */
  async start(): Promise<number> {
    const { host, port } = this.#config;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    this.#ready = true;
    const { port: listening } = this.#server.address() as AddressInfo;
    this.#log.info('listening', { host, port: listening });
    return listening;
  }

  /**
   * Says at `/ready` that no new requests should come, and goes on serving for
   * `drainMs`, until everybody has noticed. Then it stops listening, finishes what
   * is in flight and cuts what is still open after `shutdownMs`.
   */
  async stop(): Promise<void> {
    this.#ready = false;
    await this.#wait(this.#config.drainMs);
    const cut = setTimeout(
      () => this.#server.closeAllConnections(),
      this.#config.shutdownMs,
    );
    await new Promise(resolve => {
      this.#server.close(resolve);
      this.#server.closeIdleConnections();
    });
    clearTimeout(cut);
    this.#log.info('stopped');
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://service.invalid');
    const probe = await this.#probe(url.pathname);
    if (probe) {
      send(response, probe);
      return;
    }

    const started = process.hrtime.bigint();
    const method = request.method ?? 'GET';
    const requestId = String(request.headers['x-request-id'] ?? randomUUID());
    response.setHeader('x-request-id', requestId);
    const { route, answer } = await this.#answer(method, url, requestId);
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const { status } = answer;
      this.metrics.record({ method, route, status, seconds });
      this.#log.info('request', { requestId, method, route, status, seconds });
    });
    if (!this.#ready) {
      response.setHeader('connection', 'close');
    }
    send(response, answer);
  }

  /** Probes are not counted: they would hide what callers see. */
  async #probe(path: string): Promise<Answer | undefined> {
    switch (path) {
      case '/health':
        return { status: 200, body: { status: 'ok' } };
      case '/ready':
        return this.#ready
          ? { status: 200, body: { status: 'ready' } }
          : { status: 503, body: { status: 'stopping' } };
      case '/metrics':
        return {
          status: 200,
          body: await this.metrics.registry.metrics(),
          headers: { 'content-type': this.metrics.registry.contentType },
        };
      default:
        return undefined;
    }
  }

  async #answer(
    method: string,
    url: URL,
    requestId: string,
  ): Promise<{ route: string; answer: Answer }> {
    let path = UNMATCHED;
    try {
      const found = findRoute(this.#routes, method, url.pathname);
      if (!found.route) {
        return { route: path, answer: notFound(found.allowed) };
      }
      path = found.route.path;
      const body = await found.route.handle({
        params: found.params,
        query: url.searchParams,
      });
      return { route: path, answer: { status: 200, body } };
    } catch (error) {
      return { route: path, answer: this.#failure(error, requestId) };
    }
  }

  #failure(error: unknown, requestId: string): Answer {
    if (error instanceof HttpError) {
      return { status: error.status, body: { error: error.message } };
    }
    // What went wrong inside is for the log, not for the caller.
    this.#log.error('request failed', {
      requestId,
      error: error instanceof Error ? error.stack : String(error),
    });
    return { status: 500, body: { error: 'internal error', requestId } };
  }
}

function notFound(allowed: string[]): Answer {
  return allowed.length > 0
    ? {
        status: 405,
        body: { error: `allowed: ${allowed.join(', ')}` },
        headers: { allow: allowed.join(', ') },
      }
    : { status: 404, body: { error: 'not found' } };
}

function send(response: ServerResponse, { status, body, headers }: Answer) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(text);
}
