import { parse, parseAllDocuments } from 'yaml';
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
  name: 'gift-cards',
  title: 'Gift cards',
  description: 'Sells and redeems "gift cards": also as a parcel',
  owner: 'group:default/payments',
  system: 'system:default/shop',
  lifecycle: 'experimental',
  target: 99.5,
  runbook: true,
  api: true,
};

let templates: Templates;
let service: LoadedTemplate;

beforeAll(async () => {
  templates = await startTemplates();
  service = await loadTemplate('service');
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
  const result = await templates.render(service, answers);
  expect({ error: result.error, refused: result.refused }).toEqual({
    error: undefined,
    refused: [],
  });
  return result;
}

const statuses = ({ report }: Rendering) =>
  Object.fromEntries(report!.checks.map(({ id, status }) => [id, status]));

function documents(result: Rendering, path: string) {
  return parseAllDocuments(result.files.get(path)!.text).map(one => one.toJS());
}

describe('what is rendered', () => {
  const rows = pairwise({
    target: [99, 99.5, 99.9, 99.95],
    runbook: [true, false],
    api: [true, false],
    lifecycle: ['experimental', 'production'],
    name: ['gift-cards', 'x00', `${'a'.repeat(38)}-1`],
  });

  it.each(rows)('passes every check: %j', async answers => {
    const result = await render(answers);
    expect(statuses(result)).toEqual({
      files: 'passed',
      yaml: 'passed',
      json: 'passed',
      schema: 'passed',
      catalog: 'passed',
      workflow: 'passed',
      helm: 'not-needed',
      prometheus: 'passed',
      sop: answers.runbook ? 'passed' : 'not-needed',
      openslo: 'passed',
      secrets: 'passed',
      leftovers: 'passed',
    });
    expect(result.report!.findings).toEqual([]);
    expect(result.files.has('runbook.yaml')).toBe(answers.runbook);
    expect(result.files.has('openapi.json')).toBe(answers.api);

    const entities = documents(result, 'catalog-info.yaml');
    const component = entities.find(({ kind }) => kind === 'Component');
    expect(component).toMatchObject({
      metadata: { name: answers.name },
      spec: {
        type: 'service',
        owner: ANSWERS.owner,
        system: ANSWERS.system,
        lifecycle: answers.lifecycle,
      },
    });
    expect(component.metadata.annotations['handrail.dev/runbook']).toBe(
      answers.runbook ? `sop:default/${answers.name}-runbook` : undefined,
    );
    expect(component.spec.providesApis).toEqual(
      answers.api ? [`${answers.name}-v1`] : undefined,
    );
    // Whatever the catalog is told to read is there.
    const location = entities.find(({ kind }) => kind === 'Location');
    for (const target of location.spec.targets) {
      expect([...result.files.keys()]).toContain(target.replace(/^\.\//, ''));
    }
    const [slo] = documents(result, 'openslo/availability.yaml');
    expect(slo.metadata.annotations['handrail.dev/component']).toBe(
      `component:default/${answers.name}`,
    );
    expect(slo.spec.objectives[0].target).toBeCloseTo(
      Number(answers.target) / 100,
      10,
    );
    expect(
      result.files.get('prometheus/rules.yaml')!.text.match(/0\.99\d*/g),
    ).toEqual(Array(8).fill(String(slo.spec.objectives[0].target)));
  });

  it('says in its lock which template and answers made it', async () => {
    const { files, output } = await render();
    const lock = parse(files.get('.golden-path/lock.yaml')!.text);
    expect(lock.template).toMatchObject({
      version: (service.entity.metadata.annotations as Record<string, string>)[
        'handrail.dev/template-version'
      ],
    });
    expect(lock.answers).toEqual(ANSWERS);
    expect(lock.verification.passed).toBe(true);
    expect(lock.files.Dockerfile.ownership).toBe('template');
    expect(lock.files['catalog-info.yaml'].ownership).toBe('shared');
    expect(lock.files['src/routes.ts'].ownership).toBe('yours');
    expect(
      (output.links as Array<{ title: string }>).map(l => l.title),
    ).toEqual(['Repository', 'Service in the catalog', 'Docs']);
  });
});

describe('answers', () => {
  it.each([
    'Gift cards',
    'Gift-Cards',
    '1st',
    'gift--cards',
    'gift-',
    '-gift',
    'gift_cards',
    'gift.cards',
    'gx',
    'a'.repeat(41),
    '../x',
    'gift\ncards',
    '',
  ])('refuses the name %j', async name => {
    const { refused, files } = await templates.render(service, {
      ...ANSWERS,
      name,
    });
    expect(refused.map(({ property }) => property)).toContain('name');
    expect(files.size).toBe(0);
  });

  it('says in the form what a name may be', () => {
    const [page] = service.entity.spec.parameters as Array<{
      errorMessage: { properties: Record<string, string> };
      properties: object;
    }>;
    expect(Object.keys(page.errorMessage.properties)).toEqual(
      Object.keys(page.properties),
    );
    expect(page.errorMessage.properties.name).toMatch(/lower-case letters/);
  });

  it('harms nothing, whatever the texts are', async () => {
    const outcomes = await tryHostileAnswers(templates, service, ANSWERS);
    expect(outcomes.filter(({ changed }) => changed.length > 0)).toEqual([]);
    // Some get through, so that the line above says something.
    expect(outcomes.length).toBeGreaterThan(100);
    expect(
      outcomes
        .filter(({ outcome }) => outcome === 'rendered')
        .map(({ question }) => question),
    ).toEqual(expect.arrayContaining(['title', 'description']));
  });
});

describe('a mistake in the skeleton', () => {
  const TOKEN = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');

  it.each([
    ['files', 'skeleton/src/aux.ts', undefined, 'export {};\n'],
    ['yaml', 'skeleton/mkdocs.yml', 'plugins: []', 'plugins: ['],
    ['json', 'skeleton/.prettierrc.json', 'true,', 'true'],
    ['schema', 'skeleton/package.json', '"module"', '"modules"'],
    ['catalog', 'skeleton/catalog-info.yaml', '  type: service\n', ''],
    ['workflow', 'skeleton/.github/workflows/ci.yaml', 'runs-on', 'runs_on'],
    ['prometheus', 'skeleton/prometheus/rules.yaml', 'sum(rate(', 'sum(rate(('],
    // Rules that load, and call nobody.
    ['prometheus', 'skeleton/prometheus/rules.yaml', '> 14.4 *', '> 14400 *'],
    // Rules that call for what others do.
    [
      'prometheus',
      'skeleton/prometheus/rules.yaml',
      'absent(up{job="${{ values.name }}"} == 1)',
      'absent(up == 2)',
    ],
    ['sop', 'runbook/skeleton/runbook.yaml', 'role: responder', 'role: nobody'],
    ['openslo', 'skeleton/openslo/availability.yaml', 'kind: SLO', 'kind: SL'],
    ['secrets', 'skeleton/README.md', 'npm test', TOKEN],
    ['leftovers', 'skeleton/README.md', 'npm test', '{{ cookiecutter.name }}'],
  ] as const)('is found by %s in %s', async (check, path, from, to) => {
    const broken = mutate(service, path, from, to);
    const result = await templates.render(broken, ANSWERS);
    expect(result.error).toContain('Nothing was published');
    const file = path.replace(/^.*?skeleton\//, '');
    expect(result.error).toMatch(
      check === 'prometheus' ? /prometheus\/rules(\.test)?\.yaml/ : file,
    );
    expect(result.error).toContain(check);
    expect(result.files.size).toBe(0);
  });
});

describe('the repository', () => {
  let repository: Repository;

  afterEach(() => repository.remove());

  async function expectItServes(command: string): Promise<void> {
    const line = await repository.start(command, {
      HOST: '127.0.0.1',
      PORT: '0',
    });
    const url = `http://127.0.0.1:${JSON.parse(line).port}`;
    const health = await fetch(`${url}/health`);
    expect([health.status, await health.json()]).toEqual([
      200,
      { status: 'ok' },
    ]);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    await (await fetch(`${url}/v1/greetings/you`)).text();
    // What the objective and the alerts are made of.
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
      /^http_requests_total\{method="GET",route="\/v1\/greetings\/\{name\}",status="200",outcome="good"\} 1$/m,
    );
  }

  it.each([
    { api: true, runbook: true },
    { api: false, runbook: false },
  ])('type-checks, passes its tests, builds and serves: %j', async answers => {
    repository = await Repository.write(await render(answers));
    await repository.linkDependencies();
    const [{ stdout }] = await Promise.all([
      repository.expectSuccess(await repository.script('test:coverage')),
      repository.expectSuccess('tsc'),
      repository.expectSuccess('eslint .'),
    ]);
    const [, passed] = /^(?:# |ℹ )pass (\d+)$/m.exec(stdout)!;
    expect(Number(passed)).toBeGreaterThanOrEqual(19);
    await repository.expectSuccess(await repository.script('build'));
    await expectItServes(await repository.script('start'));
  });

  it.each([
    ['src/metrics.ts', 'status >= 500', 'status > 500'],
    ['src/service.ts', 'this.#ready = false;', ''],
    ['src/routes.ts', 'name.length > 100', 'name.length > 1000'],
    ['openapi.json', '"get": {', '"post": {'],
  ])('has tests that notice a mistake in %s', async (path, from, to) => {
    repository = await Repository.write(await render());
    await repository.linkDependencies();
    await repository.replace(path, from, to);
    const { code } = await repository.run(await repository.script('test'));
    expect(code).not.toBe(0);
  });

  if (process.env.HANDRAIL_FULL) {
    it('installs, lints, passes its tests, builds and starts on its own', async () => {
      repository = await Repository.write(await render());
      await repository.expectSuccess('npm install --no-audit --no-fund');
      await repository.expectSuccess('npm run lint');
      await repository.expectSuccess('npm run test:coverage');
      await repository.expectSuccess('npm run build');
      await expectItServes(await repository.script('start'));
      // The lock file of the first install is good for the CI.
      const again = await repository.run('npm ci --no-audit --no-fund');
      expect(again).toMatchObject({ code: 0 });
    }, 900_000);
  }
});
