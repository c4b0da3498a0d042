import { createHash } from 'node:crypto';
import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import { parse } from 'yaml';
import { GoldenPathLock } from '..';
import { startActions } from '../__testUtils__/actions';

jest.setTimeout(60_000);

const TOKEN = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const sha256 = (text: string | Buffer) =>
  createHash('sha256').update(text).digest('hex');

describe('golden-path:lock', () => {
  const workspace = createMockDirectory();
  const template = createMockDirectory();
  const elsewhere = createMockDirectory();
  const temporary = createMockDirectory();
  let actions: Awaited<ReturnType<typeof startActions>>;

  beforeAll(async () => {
    actions = await startActions();
  });
  afterAll(() => actions.stop());

  beforeEach(() => {
    workspace.setContent({
      'README.md': '# Demo\n',
      src: { 'index.ts': 'export {};\n' },
      '.github': { workflows: { 'ci.yaml': 'on: push\n' } },
      'logo.png': Buffer.from([0, 1, 2]),
    });
    template.setContent({
      'template.yaml': 'kind: Template\n',
      skeleton: { 'README.md': '# ${{ values.name }}\n' },
    });
    temporary.clear();
  });

  async function run(
    input: JsonObject = {},
    options: {
      annotations?: Record<string, string>;
      secrets?: Record<string, string>;
      baseUrl?: string;
      task?: string;
    } = {},
  ) {
    temporary.clear();
    const { annotations = { 'handrail.dev/template-version': '1.2.3' } } =
      options;
    const { output } = await actions.run('golden-path:lock', {
      workspacePath: workspace.path,
      input,
      secrets: options.secrets,
      task: { id: options.task ?? 'task-1' },
      createTemporaryDirectory: async () => temporary.path,
      templateInfo: {
        entityRef: 'template:default/demo',
        baseUrl:
          options.baseUrl ??
          pathToFileURL(resolve(template.path, 'template.yaml')).href,
        entity: { metadata: { name: 'demo', annotations } },
      },
    });
    const text = await readFile(
      resolve(workspace.path, '.golden-path/lock.yaml'),
      'utf8',
    );
    return { output, text, lock: parse(text) as GoldenPathLock };
  }

  it('writes what the repository was made of', async () => {
    const { lock, output, text } = await run({
      answers: { name: 'demo', count: 3, nested: { b: [1, 'x'], a: true } },
      ownership: { template: ['.github/**'], shared: ['*.md'] },
    });
    expect(lock).toEqual({
      apiVersion: 'handrail.dev/v1alpha1',
      kind: 'GoldenPathLock',
      template: {
        ref: 'template:default/demo',
        version: '1.2.3',
        digest: output.digest,
      },
      task: 'task-1',
      answers: { count: 3, name: 'demo', nested: { a: true, b: [1, 'x'] } },
      omitted: [],
      files: {
        '.github/workflows/ci.yaml': {
          sha256: sha256('on: push\n'),
          ownership: 'template',
        },
        'README.md': { sha256: sha256('# Demo\n'), ownership: 'shared' },
        'logo.png': {
          sha256: sha256(Buffer.from([0, 1, 2])),
          ownership: 'yours',
        },
        'src/index.ts': { sha256: sha256('export {};\n'), ownership: 'yours' },
      },
    });
    expect(output).toMatchObject({
      path: '.golden-path/lock.yaml',
      version: '1.2.3',
    });
    expect(text).not.toContain(template.path);
    expect(text).not.toContain(workspace.path);
  });

  it('digests the files of the template as sha256sum would list them', async () => {
    const { output } = await run();
    const listing = [
      `${sha256('# ${{ values.name }}\n')}  skeleton/README.md\n`,
      `${sha256('kind: Template\n')}  template.yaml\n`,
    ];
    expect(output.digest).toBe(`sha256:${sha256(listing.join(''))}`);
    await writeFile(resolve(template.path, 'skeleton/README.md'), '# x\n');
    expect((await run()).output.digest).not.toBe(output.digest);
  });

  it('writes the same bytes when it is tried again', async () => {
    const first = await run({ answers: { b: 1, a: 2 } });
    const again = await run({ answers: { a: 2, b: 1 } });
    expect(again.text).toBe(first.text);
    const other = await run({ answers: { a: 2, b: 1 } }, { task: 'task-2' });
    expect(other.text).not.toBe(first.text);
  });

  it('notices each change of a file, and that it may be run', async () => {
    const before = (await run()).lock.files;
    await writeFile(resolve(workspace.path, 'README.md'), '# demo\n');
    await chmod(resolve(workspace.path, 'src/index.ts'), 0o755);
    const after = (await run()).lock.files;
    expect(after['README.md'].sha256).not.toBe(before['README.md'].sha256);
    expect(after['src/index.ts']).toEqual({
      ...before['src/index.ts'],
      executable: true,
    });
  });

  it('never writes a secret', async () => {
    const { text, lock } = await run(
      {
        answers: {
          name: 'demo',
          adminPassword: 'hunter2',
          registry: { apiKey: 'k', url: 'https://u:swordfish@example.com' },
          note: `use ${TOKEN}`,
          list: ['fine', 'with swordfish in it', TOKEN],
          pin: '1234',
        },
        secretAnswers: ['pin'],
      },
      { secrets: { PASSWORD: 'swordfish', backstageToken: 'x.y.z' } },
    );
    for (const secret of ['hunter2', 'swordfish', TOKEN, '1234', 'x.y.z']) {
      expect(text).not.toContain(secret);
    }
    expect(lock.answers).toEqual({
      list: ['fine'],
      name: 'demo',
      registry: {},
    });
    expect(lock.omitted).toEqual([
      'adminPassword',
      'list[1]',
      'list[2]',
      'note',
      'pin',
      'registry.apiKey',
      'registry.url',
    ]);
  });

  it('keeps every answer that is a text as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          a: fc.string({ unit: 'grapheme', maxLength: 40 }),
          b: fc.constantFrom(
            'null',
            '1.10',
            '# x',
            'a: b',
            '- c',
            "it's",
            'x\ny: z',
            '${{ values.a }}',
            '\ttab',
            'a\r\nb',
          ),
        }),
        async answers => {
          expect((await run({ answers })).lock.answers).toEqual(answers);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('records what the checks said', async () => {
    const verified = await actions.run('golden-path:verify', {
      workspacePath: workspace.path,
      input: { checks: ['yaml', 'helm'] },
    });
    const { lock } = await run({ verification: verified.output.report });
    expect(lock.verification).toMatchObject({
      passed: true,
      errors: 0,
      checks: { yaml: 'passed', helm: 'not-needed', json: 'not-asked' },
      tools: {},
      ignored: [],
    });
  });

  it.each<[string, JsonObject]>([
    [
      'a report that did not pass',
      { passed: false, counts: {}, checks: [], ignored: [] },
    ],
    ['something else', { passed: true }],
  ])('refuses %s', async (_name, verification) => {
    await expect(run({ verification })).rejects.toThrow(
      'verification: found no passed report',
    );
  });

  it.each<[string, JsonObject, Record<string, string>, string]>([
    ['no version', {}, {}, 'found nothing; allowed: a semantic version'],
    [
      'a word',
      {},
      { 'handrail.dev/template-version': 'latest' },
      'found "latest"',
    ],
    ['a word as input', { version: 'v1' }, {}, 'found "v1"'],
  ])('refuses %s', async (_name, input, annotations, message) => {
    await expect(run(input, { annotations })).rejects.toThrow(message);
  });

  it('takes the version that others use', async () => {
    const { output } = await run(
      {},
      { annotations: { 'backstage.io/template-version': '2.0.0-rc.1' } },
    );
    expect(output.version).toBe('2.0.0-rc.1');
  });

  it('refuses links that leave the workspace, and writes nothing', async () => {
    await symlink(elsewhere.path, resolve(workspace.path, '.golden-path'));
    await expect(run()).rejects.toThrow(
      '.golden-path: the link leaves the workspace',
    );
    expect(elsewhere.content()).toEqual({});
  });

  it('needs a template', async () => {
    await expect(
      actions.run('golden-path:lock', { workspacePath: workspace.path }),
    ).rejects.toThrow('needs a template');
  });
});
