import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 60_000;

/** A sample: seconds since 1970 and a value. */
export type Sample = [at: number, value: number];

/** A real Prometheus with a history that is known. */
export class RealPrometheus {
  /** @param series - samples by name and labels, such as `x_total{job="a"}` */
  static async start(
    series: Iterable<[string, Sample[]]>,
  ): Promise<RealPrometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'handrail-prometheus-'));
    const input = join(folder, 'history.om');
    const lines: string[] = [];
    for (const [name, samples] of series) {
      samples.forEach(([at, value]) => lines.push(`${name} ${value} ${at}`));
    }
    writeFileSync(input, `${lines.join('\n')}\n# EOF\n`);
    const data = join(folder, 'data');
    execFileSync(
      process.env.HANDRAIL_PROMTOOL ?? 'promtool',
      [
        'tsdb',
        'create-blocks-from',
        'openmetrics',
        '--max-block-duration=744h',
        input,
        data,
      ],
      { stdio: 'pipe', maxBuffer: 1 << 28 },
    );
    const config = join(folder, 'prometheus.yml');
    writeFileSync(config, 'global: {}\n');
    const port = await freePort();
    const child = spawn(
      process.env.HANDRAIL_PROMETHEUS ?? 'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=10y',
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    const server = new RealPrometheus(
      `http://127.0.0.1:${port}`,
      child,
      folder,
    );
    await server.#ready();
    return server;
  }

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  async stop(): Promise<void> {
    const ended = new Promise(done => {
      this.child.once('exit', done);
    });
    this.child.kill('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const end = Date.now() + START_MS;
    for (;;) {
      const response = await fetch(`${this.url}/-/ready`).catch(
        () => undefined,
      );
      if (response?.ok) {
        return;
      }
      if (Date.now() > end) {
        throw new Error('Prometheus did not start');
      }
      await new Promise(next => {
        setTimeout(next, 100);
      });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as { port: number };
  await new Promise(done => {
    server.close(done);
  });
  return port;
}
