import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AS_SERVICE,
  AS_USER,
  BASIC,
  git,
  Harness,
  PASSWORD,
  startHarness,
  temporary,
  USERNAME,
} from './__testUtils__/harness';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the Gitea API', () => {
  let folder: Awaited<ReturnType<typeof temporary>>;
  let harness: Harness;

  beforeAll(async () => {
    folder = await temporary();
    harness = await startHarness(join(folder.path, 'repositories'));
    await push('filled', {
      'README.md': '# Filled\n',
      'src/index.ts': 'export {};\n',
      'src/ü [x]*.txt': 'odd name\n',
      'page.html': '<script>alert(1)</script>',
      'empty.txt': '',
      'image.bin': Buffer.from([0, 1, 2]),
    });
    const clone = join(folder.path, 'filled');
    await git(clone, 'checkout', '--quiet', '-b', 'feature/deep');
    await git(clone, 'rm', '--quiet', 'page.html');
    await git(clone, 'commit', '--quiet', '-m', 'Remove the page\n\nBody.');
    await git(clone, 'push', '--quiet', 'origin', 'feature/deep');
  });

  afterAll(async () => {
    await harness.stop();
    await folder.remove();
  });

  beforeEach(() => {
    harness.denied.clear();
    harness.audits.length = 0;
  });

  async function push(name: string, files: Record<string, string | Buffer>) {
    expect((await harness.create(name)).status).toBe(201);
    const clone = join(folder.path, name);
    await git(folder.path, 'clone', '--quiet', harness.remote(name), clone);
    await mkdir(join(clone, 'src'));
    for (const [path, content] of Object.entries(files)) {
      await writeFile(join(clone, path), content);
    }
    await git(clone, 'checkout', '--quiet', '-B', 'main');
    await git(clone, 'add', '.');
    await git(clone, 'commit', '--quiet', '-m', 'First');
    await git(clone, 'push', '--quiet', 'origin', 'main');
  }

  async function json(path: string, as = BASIC) {
    const response = await harness.call(path, { as });
    return { status: response.status, body: await response.json() };
  }

  const repo = '/api/v1/repos/hollowbrook/filled';

  it('creates a repository once', async () => {
    const first = await harness.create('once', { description: 'Of a kind' });
    expect(first.status).toBe(201);
    expect(await first.json()).toMatchObject({
      full_name: 'hollowbrook/once',
      description: 'Of a kind',
      default_branch: 'main',
      empty: true,
      private: false,
      clone_url: `${harness.baseUrl}/hollowbrook/once.git`,
    });
    const second = await harness.create('once');
    expect(second.status).toBe(409);
    expect(await second.json()).toEqual({
      message:
        'The repository with the same name already exists: hollowbrook/once',
      url: 'https://docs.gitea.com/api/1.22/',
    });
    expect(harness.audits.map(one => one.outcome)).toEqual([
      'success',
      'ConflictError',
    ]);
    expect(harness.audits[0].event).toMatchObject({
      eventId: 'repository',
      meta: {
        actionType: 'create',
        repository: 'hollowbrook/once',
        caller: 'account:portal',
      },
    });
  });

  it('lets exactly one of many creations of a name win', async () => {
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => harness.create('contested')),
    );
    const statuses = responses.map(one => one.status).sort();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(await readdir(join(harness.directory, '.staging'))).toEqual([]);
  });

  it.each([
    ['.'],
    ['..'],
    ['.git'],
    ['x.git'],
    ['x.wiki'],
    ['x.lock'],
    ['Upper'],
    ['a/b'],
    ['../../etc'],
    ['-rf'],
    ['a..b'],
    ['with space'],
    ['ü'],
    ['nul\0'],
    ['a'.repeat(101)],
    [''],
    [7],
    [null],
  ])('refuses the name %p in words and makes nothing', async name => {
    const before = await readdir(join(harness.directory, 'hollowbrook'));
    const response = await harness.create(name as string);
    expect(response.status).toBe(422);
    expect((await response.json()).message).toMatch(/^name.*expected/);
    expect(await readdir(join(harness.directory, 'hollowbrook'))).toEqual(
      before,
    );
  });

  it('refuses bodies that are no creation', async () => {
    const send = (body: string) =>
      harness.call('/api/v1/orgs/hollowbrook/repos', {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json' },
      });
    expect((await send('{')).status).toBe(400);
    expect((await send('[]')).status).toBe(422);
    expect(
      (await send(JSON.stringify({ name: 'x', private: 'yes' }))).status,
    ).toBe(422);
    expect(
      (await send(JSON.stringify({ name: 'x', description: 'x'.repeat(3000) })))
        .status,
    ).toBe(422);
    expect(
      (
        await send(
          JSON.stringify({ name: 'x', description: 'x'.repeat(100_000) }),
        )
      ).status,
    ).toBe(413);
    expect((await json('/api/v1/repos/hollowbrook/x')).status).toBe(404);
  });

  it('knows its organisations and no others', async () => {
    expect(await json('/api/v1/orgs/hollowbrook')).toMatchObject({
      status: 200,
      body: { username: 'hollowbrook' },
    });
    for (const name of ['acme', '..', '.staging']) {
      const { status } = await json(
        `/api/v1/orgs/${encodeURIComponent(name)}/repos`,
      );
      expect(status).toBe(404);
    }
    const response = await harness.call('/api/v1/orgs/acme/repos', {
      method: 'POST',
      body: JSON.stringify({ name: 'x' }),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response.status).toBe(404);
    expect((await response.json()).message).toContain('hollowbrook, other');
  });

  it.each([
    ['a wrong password', basic(`${USERNAME}:wrong`)],
    ['a wrong name', basic(`somebody:${PASSWORD}`)],
    ['no password', basic(USERNAME)],
    ['an empty password', basic(`${USERNAME}:`)],
    ['a wrong token', 'token wrong'],
    ['a token of another issuer', 'Bearer nonsense'],
    ['another scheme', 'Digest x'],
    ['nothing', ''],
  ])('refuses to create with %s', async (_case, as) => {
    const response = await harness.call('/api/v1/orgs/hollowbrook/repos', {
      method: 'POST',
      as,
      body: JSON.stringify({ name: 'never' }),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response.status).toBe(401);
    expect(Object.keys(await response.json())).toEqual(['message', 'url']);
    expect((await json('/api/v1/repos/hollowbrook/never')).status).toBe(404);
  });

  it('takes the password of an account as a token', async () => {
    expect((await json(repo, `token ${PASSWORD}`)).status).toBe(200);
  });

  it('asks the permission framework about people of the portal', async () => {
    const create = (name: string) =>
      harness.call('/api/v1/orgs/hollowbrook/repos', {
        method: 'POST',
        as: AS_USER,
        body: JSON.stringify({ name }),
        headers: { 'Content-Type': 'application/json' },
      });
    expect((await json(repo, AS_USER)).status).toBe(200);
    expect((await create('by-a-person')).status).toBe(201);

    harness.denied.add('git-host.repository.create');
    const refused = await create('not-made');
    expect(refused.status).toBe(403);
    expect((await refused.json()).message).toContain(
      'git-host.repository.create',
    );
    expect(harness.audits.map(one => one.outcome)).toEqual([
      'success',
      'NotAllowedError',
    ]);

    harness.denied.add('git-host.repository.read');
    for (const path of [
      '/api/v1/repos/search',
      '/api/v1/orgs/hollowbrook',
      '/api/v1/orgs/hollowbrook/repos',
      repo,
      `${repo}/branches`,
      `${repo}/commits`,
      `${repo}/contents/README.md`,
      `${repo}/raw/README.md`,
      `${repo}/git/commits/main`,
      `${repo}/archive/main.tar.gz`,
      '/hollowbrook/filled/raw/branch/main/README.md',
      '/hollowbrook/filled/info/refs?service=git-upload-pack',
    ]) {
      const response = await harness.call(path, { as: AS_USER });
      expect([path, response.status]).toEqual([path, 403]);
    }
  });

  it('lets nobody push or delete with a token of the portal', async () => {
    for (const as of [AS_USER, AS_SERVICE]) {
      const pushing = await harness.call(
        '/hollowbrook/filled.git/info/refs?service=git-receive-pack',
        { as },
      );
      expect(pushing.status).toBe(403);
      const deleting = await harness.call(repo, { method: 'DELETE', as });
      expect(deleting.status).toBe(403);
    }
    expect((await json(repo)).status).toBe(200);
  });

  it('shows private repositories to no anonymous reader, not even that they exist', async () => {
    await harness.create('secret', { private: true });
    const missing = await json('/api/v1/repos/hollowbrook/missing', '');
    const hidden = await json('/api/v1/repos/hollowbrook/secret', '');
    expect(hidden).toEqual(missing);
    expect(hidden.status).toBe(401);
    const found = await json('/api/v1/repos/search?q=hollowbrook/', '');
    const names = found.body.data.map((one: { name: string }) => one.name);
    expect(names).toContain('filled');
    expect(names).not.toContain('secret');
    const clone = await harness.call(
      '/hollowbrook/secret.git/info/refs?service=git-upload-pack',
      { as: '' },
    );
    expect(clone.status).toBe(401);
    expect(clone.headers.get('www-authenticate')).toContain('Basic');
  });

  it('lists, searches and pages repositories', async () => {
    await harness.create('page-a', { description: 'Needle in hay' });
    await harness.create('page-b');
    const found = await harness.call('/api/v1/repos/search?q=NEEDLE');
    expect((await found.json()).data).toMatchObject([{ name: 'page-a' }]);
    expect(found.headers.get('x-total-count')).toBe('1');
    const second = await harness.call(
      '/api/v1/repos/search?q=page-&limit=1&page=2',
    );
    expect((await second.json()).data).toMatchObject([{ name: 'page-b' }]);
    expect(second.headers.get('x-total-count')).toBe('2');
    for (const query of ['page=0', 'limit=51', 'page=x', 'limit=1&limit=2']) {
      const { status, body } = await json(`/api/v1/repos/search?${query}`);
      expect([query, status]).toEqual([query, 422]);
      expect(body.message).toContain('expected');
    }
  });

  it('reads files, folders, branches and commits', async () => {
    const file = await json(`${repo}/contents/README.md?ref=main`);
    expect(Buffer.from(file.body.content, 'base64').toString()).toBe(
      '# Filled\n',
    );
    expect(file.body).toMatchObject({ type: 'file', encoding: 'base64' });
    const { body: root } = await json(`${repo}/contents`);
    expect(root.map((one: { name: string }) => one.name)).toEqual([
      'src',
      'README.md',
      'empty.txt',
      'image.bin',
      'page.html',
    ]);
    const { body: src } = await json(`${repo}/contents/src/?ref=main`);
    expect(src.map((one: { path: string }) => one.path)).toEqual([
      'src/index.ts',
      'src/ü [x]*.txt',
    ]);
    const odd = await json(
      `${repo}/contents/${encodeURIComponent('src/ü [x]*.txt')}`,
    );
    expect(odd.body).toMatchObject({ size: 9 });
    const empty = await json(`${repo}/contents/empty.txt`);
    expect(empty.body).toMatchObject({ size: 0, content: '' });

    const { body: branches } = await json(`${repo}/branches`);
    expect(branches.map((one: { name: string }) => one.name)).toEqual([
      'feature/deep',
      'main',
    ]);
    const { body: commits } = await json(
      `${repo}/commits?sha=feature/deep&path=page.html`,
    );
    expect(
      commits.map((one: { commit: { message: string } }) => one.commit.message),
    ).toEqual(['Remove the page\n\nBody.', 'First']);
    const { body: commit } = await json(
      `${repo}/git/commits/${commits[1].sha.slice(0, 10)}`,
    );
    expect(commit).toMatchObject({ sha: commits[1].sha, parents: [] });
    expect(commits[0].parents[0].sha).toBe(commit.sha);
  });

  it.each([
    [404, '/contents/gone.md'],
    [404, '/contents/README.md/deeper'],
    [404, '/contents/README.md?ref=gone'],
    [404, '/git/commits/gone'],
    [404, `/git/commits/${'0'.repeat(40)}`],
    [404, '/archive/gone.tar.gz'],
    [422, '/archive/main.zip'],
    [422, '/contents/README.md?ref=--output=x'],
    [422, '/contents/README.md?ref=main..feature/deep'],
    [422, '/contents/README.md?ref=HEAD@{1}'],
    [422, '/contents/README.md?ref=main:README.md'],
    [422, '/contents/README.md?ref=a&ref=b'],
    [422, '/contents/%2e%2e%2f%2e%2e%2fgit-host.json'],
    [422, '/contents/src%2f%2findex.ts'],
    [422, '/raw/src'],
    [404, '/nothing'],
  ])('answers %i to %s', async (status, path) => {
    const found = await json(`${repo}${path}`);
    expect(found.status).toBe(status);
    expect(Object.keys(found.body)).toEqual(['message', 'url']);
  });

  it.each([
    '/..%2f..%2f/filled.git/info/refs?service=git-upload-pack',
    '/hollowbrook/..%2ffilled.git/info/refs?service=git-upload-pack',
    '/hollowbrook/..%2f.staging/info/refs?service=git-upload-pack',
    '/.staging/x/info/refs?service=git-upload-pack',
    '/hollowbrook/filled.git%00/info/refs?service=git-upload-pack',
    '/hollowbrook/filled.git/HEAD',
    '/hollowbrook/filled.git/config',
    '/hollowbrook/filled.git/objects/info/packs',
    '/hollowbrook/filled.git/git-host.json',
  ])('serves nothing at %s', async path => {
    const response = await harness.call(path);
    expect(response.status).toBe(404);
  });

  it('speaks the smart protocol only', async () => {
    for (const query of ['', '?service=', '?service=git-upload-archive']) {
      const response = await harness.call(
        `/hollowbrook/filled.git/info/refs${query}`,
      );
      expect(response.status).toBe(422);
    }
  });

  it('sends raw files so that no browser runs them', async () => {
    const html = await harness.call(
      '/hollowbrook/filled/raw/branch/main/page.html',
    );
    expect(await html.text()).toBe('<script>alert(1)</script>');
    expect(html.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(html.headers.get('x-content-type-options')).toBe('nosniff');
    expect(html.headers.get('content-security-policy')).toContain('sandbox');
    const image = await harness.call(`${repo}/raw/image.bin`);
    expect(image.headers.get('content-type')).toBe('application/octet-stream');
    expect([...new Uint8Array(await image.arrayBuffer())]).toEqual([0, 1, 2]);
    const empty = await harness.call(`${repo}/raw/empty.txt`);
    expect(await empty.text()).toBe('');
    const deep = await harness.call(
      '/hollowbrook/filled/raw/branch/feature/deep/src/index.ts',
    );
    expect(await deep.text()).toBe('export {};\n');
  });

  it('answers a file that has not changed with 304', async () => {
    const first = await harness.call(`${repo}/contents/README.md`);
    const again = await harness.call(`${repo}/contents/README.md`, {
      headers: {
        'If-None-Match': first.headers.get('etag')!,
        // Without it fetch asks for no cached answer.
        'Cache-Control': 'max-age=0',
      },
    });
    expect(again.status).toBe(304);
  });

  it('sends a browser to the page, and tells others whether a branch is there', async () => {
    const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const page = 'http://portal.example/repositories/hollowbrook/filled';
    for (const [path, to] of [
      ['/hollowbrook/filled', page],
      ['/hollowbrook/filled/src/branch/main/', `${page}?branch=main`],
      [
        '/hollowbrook/filled/src/branch/feature/deep/src/index.ts',
        `${page}?branch=feature%2Fdeep&path=src%2Findex.ts`,
      ],
      [
        '/hollowbrook/filled/src/branch/gone/a/b',
        `${page}?branch=gone&path=a%2Fb`,
      ],
    ]) {
      const response = await harness.call(path, { as: '', headers: html });
      expect([response.status, response.headers.get('location')]).toEqual([
        302,
        to,
      ]);
    }
    for (const [path, status] of [
      ['/hollowbrook/filled/src/branch/main', 200],
      ['/hollowbrook/filled/src/branch/main/', 200],
      ['/hollowbrook/filled/src/branch/gone', 404],
      ['/hollowbrook/missing/src/branch/main', 404],
    ]) {
      const response = await harness.call(path as string, { as: '' });
      expect([path, response.status]).toEqual([path, status]);
    }
  });

  it('deletes a repository', async () => {
    await harness.create('short-lived');
    const path = '/api/v1/repos/hollowbrook/short-lived';
    expect((await harness.call(path, { method: 'DELETE' })).status).toBe(204);
    expect((await harness.call(path)).status).toBe(404);
    expect((await harness.call(path, { method: 'DELETE' })).status).toBe(404);
    expect((await harness.create('short-lived')).status).toBe(201);
  });

  it('clears away what a killed creation left, and never shows it', async () => {
    const other = join(folder.path, 'killed');
    const staging = join(other, '.staging');
    await mkdir(join(staging, 'old'), { recursive: true });
    await mkdir(join(staging, 'young'));
    // A folder that is no repository of ours.
    await mkdir(join(other, 'hollowbrook/broken.git'), { recursive: true });
    const hourAgo = Date.now() / 1000 - 3600;
    await utimes(join(staging, 'old'), hourAgo, hourAgo);
    const started = await startHarness(other);
    try {
      expect(await readdir(staging)).toEqual(['young']);
      const list = await started.call('/api/v1/repos/search');
      expect((await list.json()).data).toEqual([]);
      expect((await started.create('broken')).status).toBe(201);
    } finally {
      await started.stop();
    }
  });

  it('keeps everybody without an account out unless anonymous reading is on', async () => {
    const closed = await startHarness(harness.directory, {
      anonymousRead: false,
    });
    try {
      for (const path of [repo, '/api/v1/repos/search']) {
        expect((await closed.call(path, { as: '' })).status).toBe(401);
        expect((await closed.call(path, { as: AS_USER })).status).toBe(200);
      }
      const clone = await closed.call(
        '/hollowbrook/filled.git/info/refs?service=git-upload-pack',
        { as: '' },
      );
      expect(clone.status).toBe(401);
    } finally {
      await closed.stop();
    }
  });
});
