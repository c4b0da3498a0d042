import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, Harness, startHarness, temporary } from './__testUtils__/harness';

// Dozens of processes of git, which a busy machine starts slowly.
jest.setTimeout(120_000);

describe('clone and push with git', () => {
  let folder: Awaited<ReturnType<typeof temporary>>;
  let harness: Harness;
  let work: string;

  beforeEach(async () => {
    folder = await temporary();
    work = join(folder.path, 'work');
    await mkdir(work);
    harness = await startHarness(join(folder.path, 'repositories'), {
      maxPushMebibytes: 1,
    });
  });

  afterEach(async () => {
    await harness.stop();
    await folder.remove();
  });

  async function newClone(name: string, remote = harness.remote(name)) {
    await git(work, 'clone', '--quiet', remote, name);
    return join(work, name);
  }

  async function commit(clone: string, file: string, content: string | Buffer) {
    await writeFile(join(clone, file), content);
    await git(clone, 'add', '.');
    await git(clone, 'commit', '--quiet', '-m', `Add ${file}`);
  }

  it('takes a push and gives it back to a reader without an account', async () => {
    expect((await harness.create('checkout')).status).toBe(201);
    const clone = await newClone('checkout');
    await git(clone, 'checkout', '--quiet', '-B', 'main');
    await commit(clone, 'README.md', '# Checkout\n');
    await git(clone, 'push', '--quiet', 'origin', 'main');

    const reader = join(work, 'reader');
    await git(
      work,
      'clone',
      '--quiet',
      `${harness.baseUrl}/hollowbrook/checkout.git`,
      reader,
    );
    expect(await readFile(join(reader, 'README.md'), 'utf8')).toBe(
      '# Checkout\n',
    );
    expect((await git(reader, 'branch', '--show-current')).trim()).toBe('main');

    await commit(clone, 'b.txt', 'b');
    await git(clone, 'push', '--quiet', 'origin', 'main');
    await git(reader, 'pull', '--quiet');
    expect(await readFile(join(reader, 'b.txt'), 'utf8')).toBe('b');
  });

  it('takes a chunked and a compressed body', async () => {
    await harness.create('checkout');
    const clone = await newClone('checkout');
    await git(clone, 'checkout', '--quiet', '-B', 'main');
    await commit(clone, 'noise.bin', randomBytes(200_000));
    // More than http.postBuffer: git sends the pack in chunks.
    await git(clone, 'config', 'http.postBuffer', '65536');
    await git(clone, 'push', '--quiet', 'origin', 'main');
    // Many wants: git compresses the body of the fetch.
    for (let index = 0; index < 60; index++) {
      await git(clone, 'branch', `b${index}`);
    }
    await git(clone, 'push', '--quiet', 'origin', '--all');
    const other = join(work, 'other');
    await git(work, 'clone', '--quiet', harness.remote('checkout'), other);
    for (let index = 0; index < 60; index++) {
      await commit(clone, `f${index}`, String(index));
    }
    await git(clone, 'push', '--quiet', 'origin', 'main');
    await git(other, 'pull', '--quiet');
    expect(await git(other, 'rev-parse', 'HEAD')).toBe(
      await git(clone, 'rev-parse', 'HEAD'),
    );
  });

  it('makes the first pushed branch the default one', async () => {
    await harness.create('checkout');
    const clone = await newClone('checkout');
    await git(clone, 'checkout', '--quiet', '-B', 'trunk');
    await commit(clone, 'a', 'a');
    await git(clone, 'push', '--quiet', 'origin', 'trunk');
    const response = await harness.call('/api/v1/repos/hollowbrook/checkout');
    expect(await response.json()).toMatchObject({
      default_branch: 'trunk',
      empty: false,
      latest_commit: { commit: { message: 'Add a' } },
    });
  });

  it('refuses a push that is too large and keeps what was there', async () => {
    await harness.create('checkout');
    const clone = await newClone('checkout');
    await git(clone, 'checkout', '--quiet', '-B', 'main');
    await commit(clone, 'a', 'a');
    await git(clone, 'push', '--quiet', 'origin', 'main');
    const before = await git(clone, 'rev-parse', 'HEAD');

    // Over git's own limit, which answers in words.
    await commit(clone, 'large.bin', randomBytes(1_500_000));
    await expect(git(clone, 'push', 'origin', 'main')).rejects.toThrow(
      /exceeds maximum allowed size/,
    );
    // So large that it is not even read to the end.
    await commit(clone, 'larger.bin', randomBytes(5_000_000));
    await git(clone, 'config', 'http.postBuffer', '100000000');
    await expect(git(clone, 'push', 'origin', 'main')).rejects.toThrow(/413/);

    const response = await harness.call(
      '/api/v1/repos/hollowbrook/checkout/git/commits/main',
    );
    expect(await response.json()).toMatchObject({ sha: before.trim() });
    const objects = join(harness.directory, 'hollowbrook/checkout.git/objects');
    expect(
      (await readdir(objects)).filter(name => name.startsWith('tmp_')),
    ).toEqual([]);
  });

  it.each([
    ['without an account', (h: Harness) => `${h.baseUrl}/hollowbrook/checkout`],
    [
      'with a wrong password',
      (h: Harness) => h.remote('checkout').replace(/:[^:@]+@/, ':wrong@'),
    ],
  ])('refuses a push %s', async (_case, remote) => {
    await harness.create('checkout');
    const clone = join(work, 'clone');
    await git(work, 'init', '--quiet', '-b', 'main', clone);
    await commit(clone, 'a', 'a');
    await expect(git(clone, 'push', remote(harness), 'main')).rejects.toThrow(
      /Authentication failed|could not read Username/,
    );
    const response = await harness.call('/api/v1/repos/hollowbrook/checkout');
    expect(await response.json()).toMatchObject({ empty: true });
  });

  it('runs no hook that stands in a repository', async () => {
    await harness.create('checkout');
    const bare = join(harness.directory, 'hollowbrook/checkout.git');
    const proof = join(folder.path, 'proof');
    await mkdir(join(bare, 'hooks'), { recursive: true });
    await writeFile(
      join(bare, 'hooks/post-receive'),
      `#!/bin/sh\ntouch ${proof}\n`,
      { mode: 0o755 },
    );
    const clone = await newClone('checkout');
    await git(clone, 'checkout', '--quiet', '-B', 'main');
    await commit(clone, 'a', 'a');
    await git(clone, 'push', '--quiet', 'origin', 'main');
    await expect(readFile(proof)).rejects.toThrow('ENOENT');
  });

  it('lets one of two pushes at the same time win and keeps the branch whole', async () => {
    await harness.create('checkout');
    const clones = await Promise.all(
      ['one', 'two', 'three', 'four'].map(async name => {
        const clone = join(work, name);
        await git(work, 'clone', '--quiet', harness.remote('checkout'), clone);
        await git(clone, 'checkout', '--quiet', '-B', 'main');
        await commit(clone, name, name);
        return clone;
      }),
    );
    const results = await Promise.allSettled(
      clones.map(clone => git(clone, 'push', '--quiet', 'origin', 'main')),
    );
    const won = results.flatMap(({ status }, index) =>
      status === 'fulfilled' ? [clones[index]] : [],
    );
    expect(won).toHaveLength(1);
    const bare = join(harness.directory, 'hollowbrook/checkout.git');
    await git(bare, 'fsck', '--strict');
    expect(await git(bare, 'rev-parse', 'main')).toBe(
      await git(won[0], 'rev-parse', 'main'),
    );
  });

  it('serves the same repositories after a restart', async () => {
    await harness.create('checkout');
    const clone = await newClone('checkout');
    await git(clone, 'checkout', '--quiet', '-B', 'main');
    await commit(clone, 'a', 'a');
    await git(clone, 'push', '--quiet', 'origin', 'main');
    await harness.stop();
    harness = await startHarness(harness.directory);
    const again = join(work, 'again');
    await git(work, 'clone', '--quiet', harness.remote('checkout'), again);
    expect(await readFile(join(again, 'a'), 'utf8')).toBe('a');
  });
});
