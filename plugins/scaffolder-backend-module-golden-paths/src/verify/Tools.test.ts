import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { Tools } from './Tools';

describe('Tools', () => {
  const folder = createMockDirectory();

  /** A program that writes down when it begins and ends. */
  async function tools(concurrency: number, script = 'sleep 0.05') {
    const helm = folder.resolve('helm');
    await writeFile(
      helm,
      `#!/bin/sh\necho begin >> ${folder.path}/log\n${script}\necho end >> ${folder.path}/log\n`,
    );
    await chmod(helm, 0o755);
    await writeFile(folder.resolve('log'), '');
    return new Tools({
      paths: { helm },
      timeoutMs: 30_000,
      env: process.env,
      concurrency,
    });
  }

  async function mostAtATime(): Promise<number> {
    const lines = (await readFile(folder.resolve('log'), 'utf8')).split('\n');
    let running = 0;
    return Math.max(
      ...lines.map(line => {
        running += { begin: 1, end: -1 }[line] ?? 0;
        return running;
      }),
    );
  }

  it.each([1, 2])('runs no more than %d programs at a time', async limit => {
    const subject = await tools(limit);
    const results = await Promise.all(
      Array.from({ length: 6 }, () =>
        subject.run('helm', [], { cwd: folder.path }),
      ),
    );
    expect(results.map(({ code }) => code)).toEqual(Array(6).fill(0));
    expect(await mostAtATime()).toBeLessThanOrEqual(limit);
  });

  it('runs programs at the same time when it may', async () => {
    // Each waits for the other to begin.
    const subject = await tools(
      2,
      `while [ "$(grep -c begin ${folder.path}/log)" -lt 2 ]; do sleep 0.01; done`,
    );
    const two = [1, 2].map(() => subject.run('helm', [], { cwd: folder.path }));
    expect((await Promise.all(two)).map(({ code }) => code)).toEqual([0, 0]);
  });

  it('gives the turn on when a program fails or is cancelled', async () => {
    const subject = await tools(1, 'exit 3');
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    const [failed, aborted, next] = await Promise.allSettled([
      subject.run('helm', [], { cwd: folder.path }),
      subject.run('helm', [], { cwd: folder.path, signal: cancelled }),
      subject.run('helm', [], { cwd: folder.path }),
    ]);
    expect(failed).toMatchObject({ value: { code: 3 } });
    expect(aborted).toMatchObject({ status: 'rejected' });
    expect(next).toMatchObject({ value: { code: 3 } });
  });
});
