import { Agent, request } from 'node:http';

/** Over connections that stay open; as little of its own as can be. */
export class HttpClient {
  readonly #baseUrl: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** @throws Error when the answer is not one of success */
  send(
    method: 'GET' | 'POST',
    path: string,
    options: {
      token?: string;
      data?: object;
      headers?: Record<string, string>;
    } = {},
  ): Promise<{ body: string }> {
    const { token, data, headers } = options;
    const payload = data && JSON.stringify(data);
    return new Promise((done, fail) => {
      const call = request(
        `${this.#baseUrl}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(payload
              ? {
                  'content-type': 'application/json',
                  'content-length': Buffer.byteLength(payload),
                }
              : {}),
            ...headers,
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', fail);
          response.on('end', () => {
            const body = Buffer.concat(chunks).toString();
            if ((response.statusCode ?? 500) >= 300) {
              fail(
                new Error(`${method} ${path}: ${response.statusCode} ${body}`),
              );
            } else {
              done({ body });
            }
          });
        },
      );
      call.on('error', fail);
      call.end(payload);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
