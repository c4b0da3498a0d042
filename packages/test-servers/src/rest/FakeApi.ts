import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/** What arrived. */
export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Parsed JSON; undefined without a body. */
  body: any;
}

/** What is answered. */
export interface ApiAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * Something that goes wrong once: another answer, no answer at all, or an answer
 * that is lost after the request took effect.
 */
export type Fault = ApiAnswer | 'silence' | 'lost';

/** A method and the beginning of a path, for example `POST /rest/api/3/issue`. */
type Selector = string;

/**
 * A server on a free port of this machine that speaks the REST API of another
 * system: it keeps what it is told, checks credentials and refuses what the real
 * one refuses.
 */
export abstract class FakeApi {
  /** Everything that arrived, refused requests included. */
  readonly requests: ApiRequest[] = [];
  readonly #server: Server;
  readonly #faults: Array<{ at: Selector; fault: Fault }> = [];

  constructor() {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(error => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>(done => {
      this.#server.listen(0, '127.0.0.1', done);
    });
    return this;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Lets the next request that it selects go wrong. */
  fail(at: Selector, fault: Fault): void {
    this.#faults.push({ at, fault });
  }

  /** Requests that change something. */
  get changes(): string[] {
    return this.requests
      .filter(one => one.method !== 'GET')
      .map(one => `${one.method} ${one.path}`);
  }

  /** @returns why the credentials are not taken */
  protected abstract refuse(request: ApiRequest): ApiAnswer | undefined;

  protected abstract answer(request: ApiRequest): ApiAnswer;

  async #handle(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const request = await readRequest(incoming);
    this.requests.push(request);
    const at = this.#faults.findIndex(one =>
      `${request.method} ${request.path}`.startsWith(one.at),
    );
    const fault = at < 0 ? undefined : this.#faults.splice(at, 1)[0].fault;
    if (fault === 'silence') {
      return;
    }
    const answer =
      fault && fault !== 'lost'
        ? fault
        : this.refuse(request) ?? this.answer(request);
    if (fault === 'lost') {
      incoming.socket.destroy();
      return;
    }
    const text =
      typeof answer.body === 'string'
        ? answer.body
        : JSON.stringify(answer.body) ?? '';
    response
      .writeHead(answer.status, {
        'Content-Type': 'application/json',
        ...answer.headers,
      })
      .end(answer.status === 204 ? undefined : text);
  }
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: incoming.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
