import { parseAllDocuments } from 'yaml';
import {
  loadTemplate,
  LoadedTemplate,
  pairwise,
  Rendering,
  startTemplates,
  Templates,
  tryHostileAnswers,
} from '../__testUtils__';
import { mutate } from './__testUtils__/mutate';
import { Repository } from './__testUtils__/Repository';

jest.setTimeout(300_000);

const ANSWERS = {
  name: 'task-board',
  title: 'Task board',
  description: 'Tasks and projects, with "who" does them',
  owner: 'group:default/platform',
  system: 'system:default/developer-portal',
  lifecycle: 'experimental',
  pageSize: 100,
};
/** How many records the example brings. */
const RECORDS = 12_345;

let templates: Templates;
let connector: LoadedTemplate;

beforeAll(async () => {
  templates = await startTemplates();
  connector = await loadTemplate('connector');
});
afterAll(() => templates.stop());

const rendered = new Map<string, Promise<Rendering>>();

/** A rendering that must succeed; of the same answers the same one. */
function render(answers: object = {}): Promise<Rendering> {
  const all = { ...ANSWERS, ...answers };
  const key = JSON.stringify(all);
  const rendering = rendered.get(key) ?? renderNow(all);
  rendered.set(key, rendering);
  return rendering;
}

async function renderNow(answers: object): Promise<Rendering> {
  const result = await templates.render(connector, answers);
  expect({ error: result.error, refused: result.refused }).toEqual({
    error: undefined,
    refused: [],
  });
  return result;
}

describe('what is rendered', () => {
  const rows = pairwise({
    pageSize: [1, 100, 1000],
    lifecycle: ['experimental', 'production'],
    name: ['task-board', `${'a'.repeat(38)}-1`],
  });

  it.each(rows)('passes every check: %j', async answers => {
    const result = await render(answers);
    expect(
      Object.fromEntries(
        result.report!.checks.map(({ id, status }) => [id, status]),
      ),
    ).toEqual({
      files: 'passed',
      yaml: 'passed',
      json: 'passed',
      schema: 'passed',
      catalog: 'passed',
      workflow: 'passed',
      helm: 'not-needed',
      prometheus: 'not-needed',
      sop: 'passed',
      openslo: 'not-needed',
      secrets: 'passed',
      leftovers: 'passed',
    });
    expect(result.report!.findings).toEqual([]);
    expect(result.files.has('.golden-path/lock.yaml')).toBe(true);

    const [component, location] = parseAllDocuments(
      result.files.get('catalog-info.yaml')!.text,
    ).map(document => document.toJS());
    expect(component).toMatchObject({
      metadata: { name: answers.name },
      spec: { type: 'connector', owner: ANSWERS.owner, system: ANSWERS.system },
    });
    expect(location.spec.targets).toEqual(['./acceptance.yaml']);
    const [sop] = parseAllDocuments(
      result.files.get('acceptance.yaml')!.text,
    ).map(document => document.toJS());
    expect(
      component.metadata.annotations['handrail.dev/connector-acceptance'],
    ).toBe(`sop:default/${sop.metadata.name}`);
    // Who tried the connector does not sign for it.
    expect(sop.spec.steps.at(-1)).toMatchObject({
      type: 'approval',
      excludedOwners: expect.arrayContaining(['initiator', 'actor:real-data']),
    });
  });
});

describe('answers', () => {
  it.each([
    ['name', 'Task board'],
    ['name', 'task--board'],
    ['name', ''],
    ['title', '  Task board'],
    ['title', 'a`b`c'],
    ['owner', 'platform'],
    ['system', 'component:default/orders-api'],
    ['pageSize', 0],
    ['pageSize', 1001],
    ['pageSize', 1.5],
    ['pageSize', '100; drop'],
  ])('refuses the %s %j', async (property, value) => {
    const { refused, files } = await templates.render(connector, {
      ...ANSWERS,
      [property]: value,
    });
    expect(refused.map(problem => problem.property)).toContain(property);
    expect(files.size).toBe(0);
  });

  it('harms nothing, whatever the texts are', async () => {
    const outcomes = await tryHostileAnswers(templates, connector, ANSWERS);
    expect(outcomes.length).toBeGreaterThan(100);
    expect(outcomes.filter(({ changed }) => changed.length > 0)).toEqual([]);
  });
});

describe('a mistake in the skeleton', () => {
  it.each([
    ['json', 'src/platform.json', '"name"', 'name'],
    ['schema', 'package.json', '"module"', '"modules"'],
    ['sop', 'acceptance.yaml', 'actor:sandbox', 'actor:nobody'],
    ['catalog', 'catalog-info.yaml', '  type: connector\n', ''],
  ])('is found by %s in %s', async (check, path, from, to) => {
    const broken = mutate(connector, `skeleton/${path}`, from, to);
    const { error, files } = await templates.render(broken, ANSWERS);
    expect(error).toContain('Nothing was published');
    expect(error).toContain(check);
    expect(error).toContain(path);
    expect(files.size).toBe(0);
  });
});

describe('the repository', () => {
  let repository: Repository;

  afterEach(() => repository.remove());

  it.each([100, 1000])(
    'type-checks, passes its tests, builds and exports with pages of %d',
    async pageSize => {
      repository = await Repository.write(await render({ pageSize }));
      await repository.linkDependencies();
      const [{ stdout }] = await Promise.all([
        repository.expectSuccess(await repository.script('test:coverage')),
        repository.expectSuccess('tsc'),
        repository.expectSuccess('eslint .'),
      ]);
      const [, passed] = /^(?:# |ℹ )pass (\d+)$/m.exec(stdout)!;
      expect(Number(passed)).toBeGreaterThanOrEqual(70);
      await repository.expectSuccess(await repository.script('build'));
      const example = await repository.expectSuccess(
        await repository.script('example'),
      );
      const lines = example.stdout.trimEnd().split('\n');
      expect(lines).toHaveLength(RECORDS);
      expect(new Set(lines.map(line => JSON.parse(line).key)).size).toBe(
        RECORDS,
      );
    },
  );

  it.each([
    [
      'ignores Retry-After',
      'src/client.ts',
      'await this.#options.wait(ms)',
      'await this.#options.wait(0)',
    ],
    [
      'does not renew its token',
      'src/client.ts',
      'await this.#renew(used)',
      'await Promise.resolve(used)',
    ],
    [
      'renews it once for each request',
      'src/client.ts',
      'this.#signingIn ??=',
      'this.#signingIn =',
    ],
    [
      'collects before it gives',
      'src/connector.ts',
      'yield* this.#everything();',
      'yield* await Array.fromAsync(this.#everything());',
    ],
    [
      'stops after the first page',
      'src/connector.ts',
      'cursor = next;',
      'cursor = undefined;',
    ],
    [
      'skips what is missing',
      'src/connector.ts',
      'missing.length > 0',
      'missing.length > 10',
    ],
    [
      'trusts what the platform says',
      'src/answers.ts',
      'id = text(`${path}.id`, fields.id)',
      'id = String(fields.id)',
    ],
    [
      'gives entities the same key',
      'src/normalizer.ts',
      'raw.id].map',
      'raw.type].map',
    ],
  ])('has a contract that notices when it %s', async (_, path, from, to) => {
    repository = await Repository.write(await render());
    await repository.linkDependencies();
    await repository.replace(path, from, to);
    const { code } = await repository.run('node --test test/connector.test.ts');
    expect(code).not.toBe(0);
  });

  if (process.env.HANDRAIL_FULL) {
    it('installs, lints, passes its tests, builds and exports on its own', async () => {
      repository = await Repository.write(await render());
      await repository.expectSuccess('npm install --no-audit --no-fund');
      await repository.expectSuccess('npm run lint');
      await repository.expectSuccess('npm run test:coverage');
      await repository.expectSuccess('npm run build');
      const { stdout } = await repository.expectSuccess(
        'npm run --silent example',
      );
      expect(stdout.trimEnd().split('\n')).toHaveLength(RECORDS);
      // The lock file of the first install is good for the CI.
      await repository.expectSuccess('npm ci --no-audit --no-fund');
    }, 900_000);
  }
});
