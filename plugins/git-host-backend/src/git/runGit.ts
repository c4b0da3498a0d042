import { execFile, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { ServiceUnavailableError } from '@backstage/errors';
import { gitEnvironment } from './environment';

const MAX_OUTPUT = 32 * 1024 * 1024;

/** git ended with a status other than 0. */
export class GitError extends Error {
  /** Exit status, or undefined when a signal ended it. */
  readonly status: number | undefined;

  constructor(args: string[], status: number | undefined, stderr: string) {
    super(`git ${args[0]} failed (${status}): ${stderr.trim()}`);
    this.name = 'GitError';
    this.status = status;
  }
}

/**
 * Runs git in a repository and returns what it printed.
 * @throws GitError when git fails
 * @throws ServiceUnavailableError when git is not installed
 */
export async function runGit(
  repository: string,
  args: string[],
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      args,
      {
        cwd: repository,
        env: gitEnvironment(repository),
        encoding: 'buffer',
        maxBuffer: MAX_OUTPUT,
      },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else if (error.code === undefined || typeof error.code === 'number') {
          reject(
            new GitError(args, error.code ?? undefined, stderr.toString()),
          );
        } else reject(notRunnable(error));
      },
    );
  });
}

/**
 * Runs git in a repository and returns what it prints as a stream, which fails
 * when git does. Destroying the stream ends git.
 */
export function streamGit(repository: string, args: string[]): Readable {
  const child = spawn('git', args, {
    cwd: repository,
    env: gitEnvironment(repository),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-2000);
  });
  async function* output() {
    const ended = new Promise<number | undefined>((resolve, reject) => {
      child.once('error', error => reject(notRunnable(error)));
      child.once('close', code => resolve(code ?? undefined));
    });
    // Reported after the output is read; not at all when the reader is gone.
    ended.catch(() => {});
    try {
      yield* child.stdout;
      const status = await ended;
      if (status !== 0) throw new GitError(args, status, stderr);
    } finally {
      child.kill();
    }
  }
  return Readable.from(output(), { objectMode: false });
}

/** The error of a git that could not be started. */
export function notRunnable(error: Error): Error {
  return new ServiceUnavailableError('git could not be run', error);
}
