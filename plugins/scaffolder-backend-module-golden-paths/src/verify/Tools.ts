import { spawn } from 'node:child_process';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/** Programs that checks call. */
export type ToolName = 'helm' | 'promtool';

const TOOLS = {
  helm: {
    title: 'Helm',
    variable: 'HANDRAIL_HELM',
    version: ['version', '--short'],
    get: 'install Helm 3 or 4 (https://helm.sh/docs/intro/install)',
  },
  promtool: {
    title: 'promtool',
    variable: 'HANDRAIL_PROMTOOL',
    version: ['--version'],
    get: 'install Prometheus, which brings promtool (Debian: apt-get install prometheus)',
  },
} as const;

/** Of what a program prints, in characters; the rest is dropped. */
const MAX_OUTPUT = 1_000_000;

/** A program is not there or cannot be run; the message says how to get it. */
export class ToolUnavailableError extends Error {}

/** How a program ended. */
export interface ToolResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Finds and calls programs, with nothing of this process's environment. No more
 * of them run at a time than the machine has processors, whoever asks.
 */
export class Tools {
  readonly #versions = new Map<string, string>();
  readonly #waiting: Array<() => void> = [];
  #free: number;

  constructor(
    private readonly options: {
      /** From the configuration. */
      paths: Partial<Record<ToolName, string>>;
      timeoutMs: number;
      env: Record<string, string | undefined>;
      /** Programs that run at a time; default: one for each processor. */
      concurrency?: number;
    },
  ) {
    this.#free = options.concurrency ?? availableParallelism();
  }

  /**
   * Where a program is.
   * @throws ToolUnavailableError
   */
  async find(name: ToolName): Promise<string> {
    const { variable, get, title } = TOOLS[name];
    const setting = `goldenPaths.tools.${name}`;
    const { env } = this.options;
    const named = [
      [setting, this.options.paths[name]],
      [variable, env[variable]],
    ] as const;
    for (const [source, path] of named) {
      if (path) {
        if (await isExecutable(path)) {
          return path;
        }
        throw new ToolUnavailableError(
          `${title} is missing: ${source} names "${path}", which cannot be run`,
        );
      }
    }
    for (const folder of (env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      if (isAbsolute(path) && (await isExecutable(path))) {
        return path;
      }
    }
    throw new ToolUnavailableError(
      `${title} is missing: ${get}, or name it in ${setting} or ${variable}`,
    );
  }

  /** The version as the program tells it, for example `v4.1.4`. */
  async version(name: ToolName): Promise<string> {
    const program = await this.find(name);
    const known = this.#versions.get(program);
    if (known) {
      return known;
    }
    const { stdout, stderr } = await this.run(name, TOOLS[name].version, {
      cwd: tmpdir(),
    });
    const version =
      /v?\d+\.\d+\.\d+[^\s,]*/.exec(`${stdout}${stderr}`)?.[0] ?? 'unknown';
    this.#versions.set(program, version);
    return version;
  }

  /**
   * Calls a program, without a shell, with an empty home. The time it waits for
   * its turn does not count.
   * @throws ToolUnavailableError when it is missing
   * @throws Error when it takes too long or the run is cancelled
   */
  async run(
    name: ToolName,
    args: readonly string[],
    options: { cwd: string; signal?: AbortSignal },
  ): Promise<ToolResult> {
    const program = await this.find(name);
    return this.#inTurn(() => this.#call(program, args, options));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) {
        next(); // It takes this place over.
      } else {
        this.#free += 1;
      }
    }
  }

  async #call(
    program: string,
    args: readonly string[],
    options: { cwd: string; signal?: AbortSignal },
  ): Promise<ToolResult> {
    options.signal?.throwIfAborted();
    const home = await mkdtemp(join(tmpdir(), 'golden-path-'));
    try {
      return await execute(program, args, {
        ...options,
        timeoutMs: this.options.timeoutMs,
        env: {
          PATH: this.options.env.PATH ?? '',
          HOME: home,
          HELM_CACHE_HOME: home,
          HELM_CONFIG_HOME: home,
          HELM_DATA_HOME: home,
          HELM_PLUGINS: join(home, 'plugins'),
          KUBECONFIG: '/dev/null',
          LC_ALL: 'C.UTF-8',
        },
      });
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function execute(
  program: string,
  args: readonly string[],
  options: {
    cwd: string;
    env: Record<string, string>;
    timeoutMs: number;
    signal?: AbortSignal;
  },
): Promise<ToolResult> {
  const { cwd, env, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
    });
    const out = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        if (out[stream].length < MAX_OUTPUT) {
          out[stream] += chunk;
        }
      });
    }
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', code => {
      clearTimeout(timer);
      if (late) {
        reject(
          new Error(`${program} ${args[0]} took longer than ${timeoutMs} ms`),
        );
      } else {
        resolve({ code, ...out });
      }
    });
  });
}
