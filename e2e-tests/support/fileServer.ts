import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A web server on this machine with files that a test may change. */
export class FileServer {
  readonly files: Record<string, string> = {};
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const text = this.files[request.url ?? ''];
      response.statusCode = text === undefined ? 404 : 200;
      response.setHeader('content-type', 'text/yaml');
      response.end(text ?? 'not found');
    });
  }

  /** @returns the address of a file */
  async start(): Promise<(path: string) => string> {
    await new Promise<void>(resolve =>
      this.server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.server.address() as AddressInfo;
    return path => `http://127.0.0.1:${port}${path}`;
  }

  async stop(): Promise<void> {
    await new Promise(resolve => this.server.close(resolve));
  }
}
