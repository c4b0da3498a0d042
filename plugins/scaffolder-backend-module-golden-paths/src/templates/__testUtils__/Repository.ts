import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Rendering } from '../../__testUtils__';

const ROOT = resolve(__dirname, '../../../../..');

/**
 * What this process was given, such as where packages come from, without what Jest
 * added to it.
 */
const OWN_ENV: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_ENV: undefined,
  JEST_WORKER_ID: undefined,
  // Needed up to Node 22.17; later ones strip types by themselves.
  NODE_OPTIONS:
    '--experimental-strip-types --disable-warning=ExperimentalWarning',
};

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A rendered repository on disk, in which its own commands are run. */
export class Repository {
  readonly #running = new Set<ChildProcess>();

  private constructor(readonly folder: string) {}

  static async write(rendering: Rendering): Promise<Repository> {
    const folder = await mkdtemp(join(tmpdir(), 'golden-path-'));
    await rendering.writeTo(folder);
    return new Repository(folder);
  }

  /** Takes this repository's dependencies instead of installing its own. */
  async linkDependencies(): Promise<void> {
    await symlink(
      join(ROOT, 'node_modules'),
      join(this.folder, 'node_modules'),
    );
  }

  /**
   * Runs a command, with its dependencies' programs on the path as npm does.
   * Options of this Jest process are not passed on.
   */
  run(command: string): Promise<Ended> {
    const child = this.#spawn(command);
    return new Promise((done, failed) => {
      let stdout = '';
      let stderr = '';
      child.stdout!.on('data', data => {
        stdout += data;
      });
      child.stderr!.on('data', data => {
        stderr += data;
      });
      child.once('error', failed);
      child.once('close', code => done({ code, stdout, stderr }));
    });
  }

  /** Runs a command that must end well, and tells what it said otherwise. */
  async expectSuccess(command: string): Promise<Ended> {
    const ended = await this.run(command);
    if (ended.code !== 0) {
      throw new Error(
        `${command} ended with ${ended.code}\n${ended.stdout}\n${ended.stderr}`,
      );
    }
    return ended;
  }

  /** One of the `scripts` in its package.json. */
  async script(name: string): Promise<string> {
    const text = await readFile(join(this.folder, 'package.json'), 'utf8');
    return JSON.parse(text).scripts[name];
  }

  /**
   * Starts a command that goes on.
   * @returns its first line on standard output
   */
  async start(command: string, env: Record<string, string>): Promise<string> {
    const child = this.#spawn(command, env);
    return new Promise((done, failed) => {
      let said = '';
      child.stdout!.on('data', data => {
        said += data;
        if (said.includes('\n')) {
          done(said.slice(0, said.indexOf('\n')));
        }
      });
      child.stderr!.on('data', data => {
        said += data;
      });
      child.once('close', code =>
        failed(new Error(`${command} ended with ${code}\n${said}`)),
      );
    });
  }

  /** Changes a file. @throws Error when the text is not there */
  async replace(path: string, from: string, to: string): Promise<void> {
    const file = join(this.folder, path);
    const text = await readFile(file, 'utf8');
    if (!text.includes(from)) {
      throw new Error(`${path} has no ${JSON.stringify(from)}`);
    }
    await writeFile(
      file,
      text.replace(from, () => to),
    );
  }

  /** Ends what it started, and removes it. */
  async remove(): Promise<void> {
    await Promise.all(
      [...this.#running].map(
        child =>
          new Promise(done => {
            child.once('close', done);
            process.kill(-child.pid!, 'SIGTERM');
          }),
      ),
    );
    await rm(this.folder, { recursive: true, force: true });
  }

  #spawn(command: string, env: Record<string, string> = {}): ChildProcess {
    const path = [
      join(this.folder, 'node_modules/.bin'),
      dirname(process.execPath),
      process.env.PATH,
    ];
    const child = spawn('/bin/sh', ['-c', command], {
      cwd: this.folder,
      // A group of its own, so that what the shell starts ends with it.
      detached: true,
      env: { ...OWN_ENV, PATH: path.join(delimiter), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    return child;
  }
}
