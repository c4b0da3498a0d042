import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReplicaOptions } from './work';

/** A back end in a process of its own, which can be killed and started again. */
export class Replica {
  #child: ChildProcess | undefined;
  #baseUrl: string | undefined;

  constructor(private readonly options: ReplicaOptions) {}

  /** Where its API is; undefined while it is down. */
  get baseUrl(): string | undefined {
    return this.#baseUrl;
  }

  /** @throws Error when it ends before it is ready */
  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, 'backend.ts'),
        JSON.stringify(this.options),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: process.env },
    );
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout! })) {
      const port = /^\{"port":(\d+)\}$/.exec(line)?.[1];
      if (port) {
        this.#baseUrl = `http://127.0.0.1:${port}/api/sop`;
        // Pipes that nobody reads would fill up.
        child.stdout!.resume();
        return;
      }
    }
    throw new Error('A replica ended before it was ready');
  }

  /** As the kernel or the power does it: nothing of it runs any more. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#baseUrl = undefined;
    if (child && child.exitCode === null && child.signalCode === null) {
      const closed = new Promise(done => child.once('exit', done));
      child.kill('SIGKILL');
      await closed;
    }
  }
}
