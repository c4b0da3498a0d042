import { Worker } from 'node:worker_threads';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** What a linter of the worker said about one place. */
export interface LinterMessage {
  message: string;
  rule?: string;
  line?: number;
  column?: number;
}

/** Linters that are ES modules only. */
export interface Linters {
  /** @throws Error when the linter failed or took too long */
  lint(
    kind: 'workflow' | 'secrets',
    file: { path: string; text: string },
  ): Promise<LinterMessage[]>;
}

interface Waiting {
  resolve(messages: LinterMessage[]): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * Calls the linters in a thread that is started when it is first needed and
 * does not keep the process alive. One that hangs is ended; the next call
 * starts another.
 */
export class WorkerLinters implements Linters {
  #worker?: Worker;
  #next = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly options: { timeoutMs: number }) {}

  lint(
    kind: 'workflow' | 'secrets',
    file: { path: string; text: string },
  ): Promise<LinterMessage[]> {
    const worker = this.#start();
    this.#next += 1;
    const id = this.#next;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#end(
          worker,
          new Error(
            `${file.path} was not checked within ${this.options.timeoutMs} ms`,
          ),
        );
      }, this.options.timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      worker.postMessage({ id, kind, ...file });
    });
  }

  #start(): Worker {
    if (this.#worker) {
      return this.#worker;
    }
    const worker = new Worker(
      resolvePackagePath(
        '@handrail/plugin-scaffolder-backend-module-golden-paths',
        'worker/linters.mjs',
      ),
      // The parent's loaders are for TypeScript; there is none in there.
      { execArgv: [], env: {} },
    );
    worker.on(
      'message',
      (answer: { id: number; findings?: LinterMessage[]; error?: string }) => {
        const waiting = this.#waiting.get(answer.id);
        this.#waiting.delete(answer.id);
        clearTimeout(waiting?.timer);
        if (answer.findings) {
          waiting?.resolve(answer.findings);
        } else {
          waiting?.reject(new Error(answer.error));
        }
      },
    );
    worker.on('error', error => this.#end(worker, error));
    // After the listeners: one for messages would hold the process again.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #end(worker: Worker, error: Error): void {
    if (this.#worker !== worker) {
      return;
    }
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(error);
    }
    this.#waiting.clear();
    worker.terminate().catch(() => {});
  }
}
