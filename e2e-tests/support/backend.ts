import { ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** How long a back end may take from its start to readiness, in milliseconds. */
const START_MS = 60_000;

/**
 * A back end of a journey's own, which may be killed and started again over the
 * same SQLite files. Runs from source, like the one that `server.mjs` starts.
 */
export class BackendProcess {
  readonly baseUrl: string;
  readonly #port: number;
  readonly #folder: string;
  readonly #logFile: string;
  #process?: ChildProcess;

  /**
   * @param options - `name`: of its log in `.portal/reports`; `folder`: of the
   * SQLite files
   */
  constructor(options: { name: string; port: number; folder: string }) {
    this.baseUrl = `http://localhost:${options.port}`;
    this.#port = options.port;
    this.#folder = options.folder;
    this.#logFile = join(root, `.portal/reports/${options.name}.log`);
  }

  /** Empties its folder and its log; a back end knows nothing after that. */
  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    mkdirSync(dirname(this.#logFile), { recursive: true });
    rmSync(this.#logFile, { force: true });
  }

  /**
   * Starts it and waits until it is ready.
   * @throws Error when it ends, or is not ready in time; names its log
   */
  async start(): Promise<void> {
    const log = createWriteStream(this.#logFile, { flags: 'a' });
    const backend = spawn(
      process.execPath,
      [
        '--require',
        createRequire(join(root, 'package.json')).resolve(
          '@backstage/cli/config/nodeTransform.cjs',
        ),
        'src/index.ts',
        '--config',
        join(root, 'app-config.yaml'),
        '--config',
        join(root, 'e2e-tests/app-config.e2e.yaml'),
      ],
      {
        cwd: join(root, 'packages/backend'),
        env: {
          ...process.env,
          NODE_ENV: 'development',
          HANDRAIL_E2E_PORT: String(this.#port),
          HANDRAIL_E2E_DATA: this.#folder,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#process = backend;
    backend.stdout.pipe(log, { end: false });
    backend.stderr.pipe(log, { end: false });
    backend.on('exit', () => log.end());
    const end = Date.now() + START_MS;
    while (!(await this.#isReady())) {
      if (this.#hasEnded() || Date.now() > end) {
        await this.kill();
        throw new Error(`The back end did not start, see ${this.#logFile}`);
      }
      await new Promise(done => {
        setTimeout(done, 100);
      });
    }
  }

  /** Ends it as a power cut would; it gets no chance to tidy up. */
  async kill(): Promise<void> {
    const backend = this.#process;
    if (!backend || this.#hasEnded()) {
      return;
    }
    const ended = new Promise(done => {
      backend.once('exit', done);
    });
    backend.kill('SIGKILL');
    await ended;
  }

  #hasEnded(): boolean {
    return (
      this.#process?.exitCode !== null || this.#process.signalCode !== null
    );
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(
        `${this.baseUrl}/.backstage/health/v1/readiness`,
      );
      return response.ok;
    } catch {
      return false;
    }
  }
}
