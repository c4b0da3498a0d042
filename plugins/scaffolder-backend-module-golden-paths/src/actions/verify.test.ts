import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { VerificationReport } from '..';
import { startActions } from '../__testUtils__/actions';

jest.setTimeout(60_000);

type Files = Record<string, string | Buffer>;

const CHART = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 0.1.0\n',
  'chart/values.yaml': 'replicas: 1\n',
  'chart/values.schema.json':
    '{"type": "object", "properties": {"replicas": {"type": "integer"}}}',
  'chart/templates/config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: demo\ndata:\n  replicas: {{ .Values.replicas | quote }}\n',
};
const ENTITY = [
  'apiVersion: backstage.io/v1alpha1',
  'kind: Component',
  'metadata:',
  '  name: demo',
  'spec:',
  '  type: service',
  '  lifecycle: experimental',
  '  owner: platform',
];
const RULES =
  'groups:\n  - name: demo\n    rules:\n      - alert: Down\n        expr: up == 0\n        for: 1m\n';
const RULE_TEST = [
  'rule_files: [rules.yaml]',
  'tests:',
  '  - interval: 1m',
  '    input_series:',
  '      - series: up{job="demo"}',
  '        values: 0x10',
  '    alert_rule_test:',
  '      - eval_time: 2m',
  '        alertname: Down',
  '        exp_alerts:',
  '          - exp_labels: {job: demo}',
];
const WORKFLOW =
  'on: push\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.sha }} ${{ secrets.TOKEN }} ${{ steps.a.outputs.b }}\n';
const SOP = `apiVersion: handrail.dev/v1alpha1
kind: SOP
metadata:
  name: demo
  title: Demo
spec:
  type: runbook
  owner: group:default/platform
  lifecycle: draft
  roles:
    worker:
      title: Worker
      potentialOwners: [group:default/platform]
  steps:
    - id: look
      type: manual
      name: Look at it
      role: worker
`;
const SLO = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: demo
spec:
  service: demo
  indicator:
    metadata:
      name: demo-failed
    spec:
      ratioMetric:
        counter: true
        bad:
          metricSource:
            type: Prometheus
            spec:
              query: failed_total
        total:
          metricSource:
            type: Prometheus
            spec:
              query: requests_total
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - target: 0.99
`;
const TOKEN = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');

const lines = (text: readonly string[], change: Record<number, string> = {}) =>
  `${text.map((line, at) => change[at + 1] ?? line).join('\n')}\n`;

const asMatcher = (one: RegExp | string) =>
  typeof one === 'string' ? one : expect.stringMatching(one);

describe('golden-path:verify', () => {
  const workspace = createMockDirectory();
  const elsewhere = createMockDirectory();
  let actions: Awaited<ReturnType<typeof startActions>>;

  beforeAll(async () => {
    actions = await startActions({
      goldenPaths: { verify: { maxFileSize: 10_000, maxFiles: 50 } },
    });
  });
  afterAll(() => actions.stop());
  beforeEach(() => workspace.clear());

  async function write(files: Files): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      const file = resolve(workspace.path, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }

  const run = (input: JsonObject = {}, runner = actions) =>
    runner.run('golden-path:verify', { workspacePath: workspace.path, input });

  /** The lines of the error, without its first. */
  async function findings(files: Files, input?: JsonObject) {
    await write(files);
    const error = await run(input).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    return error?.message.split('\n').slice(1) ?? [];
  }

  const good: Array<[string, Files]> = [
    ['YAML', { 'a.yaml': 'a: 1\n---\nb: [1, 2]\n', 'empty.yaml': '' }],
    ['tags of another tool', { 'mkdocs.yml': 'a: !ENV [X, y]\n' }],
    [
      'JSON',
      { 'a.json': '{"a": [1, -2.5e3, "\\u00e4", true, null], "b": {}}' },
    ],
    ['JSON with comments', { 'tsconfig.json': '{\n// why\n"a": 1,}' }],
    ['a manifest', { 'package.json': '{"name": "@a/b", "version": "1.0.0"}' }],
    ['an entity', { 'catalog-info.yaml': lines(ENTITY) }],
    [
      'an entity with a definition in a file',
      {
        'catalog-info.yaml': lines([
          ...ENTITY,
          '---',
          ENTITY[0],
          'kind: API',
          'metadata: {name: demo}',
          'spec: {type: openapi, lifecycle: a, owner: b, definition: {$text: ./o.json}}',
        ]),
        'o.json': '{}',
      },
    ],
    ['a workflow', { '.github/workflows/ci.yaml': WORKFLOW }],
    ['a chart', CHART],
    [
      'a chart within a chart',
      {
        ...CHART,
        'chart/Chart.yaml': `${CHART['chart/Chart.yaml']}dependencies: [{name: sub, version: 0.1.0}]\n`,
        'chart/charts/sub/Chart.yaml': CHART['chart/Chart.yaml'].replace(
          'demo',
          'sub',
        ),
      },
    ],
    ['rules', { 'rules.yaml': RULES, 'rules.test.yaml': lines(RULE_TEST) }],
    ['a procedure', { 'sop.yaml': SOP }],
    ['an objective', { 'slo.yaml': SLO }],
    ['a reference to a secret', { 'a.env': 'TOKEN=$GITHUB_TOKEN\n' }],
  ];

  it.each(good)('passes %s', async (_name, files) => {
    await write(files);
    const { output } = await run();
    expect(output.report.findings).toEqual([]);
    expect(output).toMatchObject({ passed: true, errors: 0, warnings: 0 });
  });

  const bad: Array<[string, Files, Array<RegExp | string>]> = [
    [
      'YAML that does not parse',
      { 'a.yaml': 'a: 1\nb: [1, 2\n' },
      [/^a\.yaml:3:1 \[yaml\] .*allowed: YAML 1\.2$/],
    ],
    [
      'a key twice in YAML',
      { 'a/b.yml': 'a: 1\nb:\n  c: 1\n  c: 2\n' },
      ['a/b.yml:4:3 [yaml] Map keys must be unique; allowed: each key once'],
    ],
    [
      'anchors that unfold without end',
      {
        'a.yaml': `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from(
          { length: 6 },
          (_, i) =>
            `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]\n`,
        ).join('')}`,
      },
      [/^a\.yaml:1:1 \[yaml\] anchors unfold into too much/],
    ],
    [
      'JSON with a comma too many',
      { 'a.json': '{\n  "a": 1,\n}\n' },
      [
        'a.json:3:1 [json] is no JSON; found "}"; allowed: a key in double quotes',
      ],
    ],
    [
      'JSON that ends too soon',
      { 'a.json': '{"a": [1' },
      [
        'a.json:1:9 [json] is no JSON; found the end of the file; allowed: "," or "]"',
      ],
    ],
    [
      'a key twice in JSON',
      { 'a.json': '{"a": 1,\n "b": {"c": 1, "c": 2}}' },
      [
        'a.json:2:16 [json] the key stands there twice; found "c"; allowed: each key once',
      ],
    ],
    [
      'a comment in JSON',
      { 'a.json': '// x\n{}' },
      ['a.json:1:1 [json] is no JSON; found "// x"; allowed: a value'],
    ],
    [
      'a manifest with a bad name and without version',
      { 'package.json': '{\n  "name": "My App"\n}' },
      [
        /^package\.json:1:1 \[schema\] .*version.*found nothing; allowed: version$/,
        /^package\.json:2:11 \[schema\] .*found "My App"; allowed: .*pattern/,
      ],
    ],
    [
      'a chart with a field that is not known',
      {
        ...CHART,
        'chart/Chart.yaml': `${CHART['chart/Chart.yaml']}apversion: 1\n`,
      },
      [
        /^chart\/Chart\.yaml:4:1 \[schema\] apversion is not known.*found apversion; allowed: apiVersion, name/,
        /^chart\/Chart\.yaml \[helm\] Chart\.yaml: .*unknown field "apversion"/,
      ],
    ],
    [
      'an entity with a bad name',
      { 'catalog-info.yaml': lines(ENTITY, { 4: '  name: my service' }) },
      [
        /^catalog-info\.yaml:4:9 \[catalog\] metadata\.name is not valid; found "my service"; allowed: a string that is/,
      ],
    ],
    [
      'an entity without owner',
      { 'catalog-info.yaml': lines(ENTITY.slice(0, -1)) },
      [
        /^catalog-info\.yaml:6:3 \[catalog\] spec must have required property 'owner'; found nothing; allowed: owner$/,
      ],
    ],
    [
      'an entity with a number for a text',
      { 'catalog-info.yaml': lines(ENTITY, { 7: '  lifecycle: 3' }) },
      [
        'catalog-info.yaml:7:14 [catalog] spec.lifecycle must be string; found 3; allowed: string',
      ],
    ],
    [
      'an entity with a field at the wrong place',
      { 'catalog-info.yaml': lines([...ENTITY, 'owner: me']) },
      [
        /^catalog-info\.yaml:9:1 \[catalog\] owner is not known; found owner; allowed: apiVersion, kind/,
      ],
    ],
    [
      'an owner that is no reference',
      {
        'catalog-info.yaml': lines(ENTITY, { 8: '  owner: the platform team' }),
      },
      [
        'catalog-info.yaml:8:10 [catalog] spec.owner is no reference to an entity; found "the platform team"; allowed: [kind:][namespace/]name',
      ],
    ],
    [
      'a definition that is not there',
      {
        'catalog-info.yaml': lines([
          ENTITY[0],
          'kind: API',
          'metadata: {name: demo}',
          'spec:',
          '  type: openapi',
          '  lifecycle: a',
          '  owner: b',
          '  definition:',
          '    $text: ./missing.json',
        ]),
      },
      [
        /^catalog-info\.yaml:9:12 \[catalog\] spec\.definition\.\$text names a file that is not there; found "\.\/missing\.json"/,
      ],
    ],
    [
      'a location of a file that is not there',
      {
        'there.yaml': lines(ENTITY),
        'deep/slo.yaml': SLO,
        'catalog-info.yaml': lines([
          ENTITY[0],
          'kind: Location',
          'metadata: {name: demo}',
          'spec:',
          '  targets:',
          '    - ./there.yaml',
          '    - ./deep/*.yaml',
          '    - https://example.com/else.yaml',
          '    - ./gone.yaml',
          '    - ./none/*.yaml',
        ]),
      },
      [
        /^catalog-info\.yaml:9:7 \[catalog\] spec\.targets\.3 names a file that is not there; found "\.\/gone\.yaml"/,
        /^catalog-info\.yaml:10:7 \[catalog\] spec\.targets\.4 names a file that is not there/,
      ],
    ],
    [
      'a procedure whose annotation the catalog does not take',
      {
        'sop.yaml': SOP.replace(
          '  title: Demo\n',
          '  title: Demo\n  annotations: {"a b": c}\n',
        ),
      },
      [/^sop\.yaml:.* \[catalog\] .*annotations/],
    ],
    [
      'an objective whose annotation the catalog does not take',
      {
        'slo.yaml': SLO.replace(
          '  name: demo\n',
          '  name: demo\n  labels: {team: [a, b]}\n  annotations: {"a b": c}\n',
        ),
      },
      [/^slo\.yaml:.* \[catalog\] .*annotations/],
    ],
    [
      'an entity in another file',
      {
        'docs/system.yaml': lines(ENTITY, {
          2: 'kind: System',
          8: '  owner: 1',
        }),
      },
      [/^docs\/system\.yaml:8:10 \[catalog\] spec\.owner must be string/],
    ],
    [
      'a workflow with a key that is not known',
      {
        '.github/workflows/ci.yaml': WORKFLOW.replace('    steps', '    stepz'),
      },
      [
        /^\.github\/workflows\/ci\.yaml:5:5 \[workflow\] Unexpected value 'stepz'; found stepz; allowed: the workflow syntax/,
      ],
    ],
    [
      'a workflow with an expression that is not known',
      {
        '.github/workflows/ci.yml': WORKFLOW.replace(
          'github.sha',
          'githab.sha',
        ),
      },
      [
        /^\.github\/workflows\/ci\.yml:6:19 \[workflow\] Unrecognized named-value: 'githab'/,
      ],
    ],
    [
      'a workflow that needs a job that is not there',
      {
        '.github/workflows/ci.yaml': WORKFLOW.replace(
          '    steps',
          '    needs: [test]\n    steps',
        ),
      },
      [
        /^\.github\/workflows\/ci\.yaml:\d+:\d+ \[workflow\] .*(no dependencies|test)/,
      ],
    ],
    [
      'values that the schema refuses',
      { ...CHART, 'chart/values.yaml': '# how many\nreplicas: two\n' },
      [
        /^chart\/values\.yaml:2:11 \[schema\] must be integer \(at \/replicas\); found "two"; allowed: integer$/,
        /^chart\/values\.yaml:2:11 \[helm\] values\.schema\.json refuses \/replicas: got string, want integer; found "two"; allowed: integer$/,
      ],
    ],
    [
      'a case that the schema refuses',
      { ...CHART, 'chart/ci/big-values.yaml': 'replicas: many\n' },
      [
        /^chart\/ci\/big-values\.yaml:1:11 \[schema\]/,
        /^chart\/ci\/big-values\.yaml:1:11 \[helm\] .*found "many"/,
      ],
    ],
    [
      'a template that Helm cannot execute',
      {
        ...CHART,
        'chart/templates/config.yaml': CHART[
          'chart/templates/config.yaml'
        ].replace('.Values.replicas', '.Values.no.such'),
      },
      [/^chart\/templates\/config\.yaml:6:\d+ \[helm\] .*nil pointer/],
    ],
    [
      'a template that Helm cannot parse',
      { ...CHART, 'chart/templates/config.yaml': 'kind: {{ if }}\n' },
      [
        /^chart\/templates\/config\.yaml:1 \[helm\] .*(parse error|missing value)/,
      ],
    ],
    [
      'a template that renders no YAML',
      { ...CHART, 'chart/templates/config.yaml': 'kind: [\n' },
      [
        /^chart\/templates\/config\.yaml \[helm\] .*(did not find|error converting)/,
      ],
    ],
    [
      'a template that only a case breaks',
      {
        ...CHART,
        'chart/templates/config.yaml': `{{ if gt (int .Values.replicas) 5 }}{{ fail "too many" }}{{ end }}\n`,
        'chart/ci/big-values.yaml': 'replicas: 9\n',
      },
      [
        /^chart\/templates\/config\.yaml:1:\d+ \[helm\] .*too many.*with ci\/big-values\.yaml/,
      ],
    ],
    [
      'a rule that is no query',
      { 'rules.yaml': RULES.replace('up == 0', 'sum(up') },
      [
        /^rules\.yaml:5:15 \[prometheus\] .*could not parse expression.*allowed: rules that Prometheus loads$/,
      ],
    ],
    [
      'a rule with a bad duration',
      { 'rules.yaml': RULES.replace('1m', '1q') },
      [
        /^rules\.yaml:6:14 \[prometheus\] not a valid duration string: "1q"; found 1q/,
      ],
    ],
    [
      'a rule with a field that is not known',
      { 'rules.yaml': RULES.replace('for:', 'fur:') },
      [/^rules\.yaml:6 \[prometheus\] field fur not found/],
    ],
    [
      'the same rule twice',
      { 'rules.yaml': `${RULES}${RULES.split('\n').slice(3).join('\n')}` },
      [
        'rules.yaml:7:16 [prometheus] the rule stands there twice, with the same name and labels; found Down; allowed: each rule once',
      ],
    ],
    [
      'a rule whose test fails',
      {
        'rules.yaml': RULES,
        'rules.test.yaml': lines(RULE_TEST, { 8: '      - eval_time: 30s' }),
      },
      [
        /^rules\.test\.yaml:9:20 \[prometheus\] the unit test fails: alertname: Down, time: 30s/,
      ],
    ],
    [
      'a test with a field that is not known',
      {
        'rules.yaml': RULES,
        'rules.test.yaml': lines(RULE_TEST, { 2: 'testz:' }),
      },
      [/^rules\.test\.yaml:2 \[prometheus\] field testz not found/],
    ],
    [
      'a test of rules outside',
      {
        'rules.test.yaml': lines(RULE_TEST, {
          1: 'rule_files: [ok.yaml, ../../etc/rules.yaml]',
        }),
      },
      [
        'rules.test.yaml:1:23 [prometheus] rule_files leaves the workspace; found ../../etc/rules.yaml; allowed: files of the workspace, relative to the test',
      ],
    ],
    [
      'a test of rules by an absolute path',
      {
        'rules.test.yaml': lines(RULE_TEST, {
          1: 'rule_files: [/etc/rules.yaml]',
        }),
      },
      [
        /^rules\.test\.yaml:1:14 \[prometheus\] rule_files leaves the workspace/,
      ],
    ],
    [
      'a procedure with a step of no kind',
      { 'sop.yaml': SOP.replace('type: manual', 'type: manul') },
      [
        /^sop\.yaml:16:13 \[sop\] spec\.steps\[0\]\.type: .*found "manul"; allowed: .*manual/,
      ],
    ],
    [
      'a procedure with a role that is not there',
      { 'sop.yaml': SOP.replace('role: worker', 'role: boss') },
      [/^sop\.yaml:18:13 \[sop\] spec\.steps\[0\]\.role: /],
    ],
    [
      'an objective of another version',
      { 'slo.yaml': SLO.replace('openslo/v1', 'openslo/v9') },
      [
        /^slo\.yaml:1:13 \[openslo\] .*found "openslo\/v9"; allowed: .*openslo\/v1/,
      ],
    ],
    [
      'an objective that nothing can reach',
      { 'slo.yaml': SLO.replace('target: 0.99', 'target: 99') },
      [/^slo\.yaml:28:15 \[openslo\] .*found 99; allowed: /],
    ],
    [
      'a token',
      { 'src/a.ts': `const a = 1;\nconst token = '${TOKEN}';\n` },
      [
        /^src\/a\.ts:2:16 \[secrets\] looks like a secret: GITHUB_TOKEN .*; found a value that is not repeated here/,
      ],
    ],
    [
      'placeholders of the template',
      {
        'README.md':
          '# ${{ values.name }}\n\n{{ cookiecutter.owner }} and {% endraw %}\n',
      },
      [
        /^README\.md:1:3 \[leftovers\] .*found \$\{\{ values\.name \}\}; allowed/,
        /^README\.md:3:1 \[leftovers\] .*found \{\{ cookiecutter\.owner \}\}/,
        /^README\.md:3:30 \[leftovers\] .*found \{% endraw %\}/,
      ],
    ],
    [
      'a placeholder in a name',
      { 'src/${{ values.name }}.txt': 'x' },
      [
        /^src\/\$\{\{ values\.name \}\}\.txt \[leftovers\] .*found \$\{\{ values\.name \}\}/,
      ],
    ],
    [
      'a name with a line break',
      { 'a\nb.txt': 'x' },
      [
        /^"a\\nb\.txt" \[files\] the name has invisible characters; found "a\\nb\.txt"/,
      ],
    ],
    [
      'names that other systems do not have',
      { 'a:b.txt': 'x', 'aux.md': 'x', 'dot.': 'x', 'back\\slash': 'x' },
      [
        /^a:b\.txt \[files\] the name cannot be checked out everywhere/,
        /^aux\.md \[files\] the name is a device/,
        /^back\\slash \[files\] the name cannot/,
        /^dot\. \[files\] the name begins or ends/,
      ],
    ],
    [
      'names that differ in case only',
      { 'README.md': 'x', 'readme.md': 'y' },
      [/^readme\.md \[files\] is the same name as README\.md/],
    ],
    [
      'a git folder',
      { '.git/config': 'x' },
      [/^\.git \[files\] a template must not bring a git folder/],
    ],
  ];

  it.each(bad)('stops at %s', async (_name, files, expected) => {
    const found = await findings(files);
    expect(found).toEqual(expected.map(asMatcher));
  });

  it('names a secret without repeating it, in message, log and report', async () => {
    await write({ 'a.txt': TOKEN });
    const error = await run().catch((thrown: Error) => thrown);
    expect(String(error)).toContain('GITHUB_TOKEN');
    expect(String(error)).not.toContain(TOKEN);
    const { output, log } = await run({
      ignore: [{ check: 'secrets', path: '*.txt', reason: 'made for a test' }],
    });
    expect(JSON.stringify([output, log])).not.toContain(TOKEN);
    expect(output.report.ignored).toMatchObject([
      { path: 'a.txt', reason: 'made for a test' },
    ]);
    expect(output.report.counts).toMatchObject({ ignored: 1, errors: 0 });
  });

  it('ignores one check in some files and nothing else', async () => {
    const ignore = [{ check: 'yaml', path: 'bad/**', reason: 'as it is' }];
    expect(
      await findings(
        { 'bad/a.yaml': '[', 'a.yaml': '[', 'bad/a.json': '[' },
        { ignore },
      ),
    ).toEqual([
      expect.stringMatching(/^a\.yaml:\d+:\d+ \[yaml\]/),
      expect.stringMatching(/^bad\/a\.json:1:2 \[json\]/),
    ]);
  });

  it('never follows a link out of the workspace', async () => {
    elsewhere.setContent({ 'secret.yaml': 'a: [', chart: CHART });
    await write({ ...CHART, 'rules.yaml': RULES });
    await symlink(elsewhere.path, resolve(workspace.path, 'out'));
    await symlink(
      resolve(elsewhere.path, 'secret.yaml'),
      resolve(workspace.path, 'chart/templates/x.yaml'),
    );
    await symlink('nowhere', resolve(workspace.path, 'broken'));
    const error = await run().catch((thrown: Error) => thrown.message);
    expect(String(error).split('\n').slice(1)).toEqual([
      expect.stringMatching(/^broken \[files\] the link leads nowhere/),
      expect.stringMatching(
        /^chart\/templates\/x\.yaml \[files\] the link leaves the workspace/,
      ),
      expect.stringMatching(/^out \[files\] the link leaves the workspace/),
    ]);
    expect(error).not.toContain(elsewhere.path);
  });

  it('takes links within the workspace', async () => {
    await write({ 'a.yaml': 'a: 1\n' });
    await symlink('a.yaml', resolve(workspace.path, 'b.yaml'));
    const { output } = await run();
    expect(output.report.skipped).toEqual([
      { path: 'b.yaml', reason: 'link; its target is checked' },
    ]);
  });

  it.each(['..', '../..', '/etc', 'a/../../b'])(
    'does not check %s',
    async path => {
      await expect(run({ path })).rejects.toThrow(
        /not allowed|outside|Relative/,
      );
    },
  );

  it('does not write its report outside', async () => {
    await write({ 'a.txt': 'x' });
    await expect(run({ reportPath: '../report.json' })).rejects.toThrow(
      /not allowed|Relative/,
    );
    await symlink(elsewhere.path, resolve(workspace.path, 'link'));
    await expect(run({ reportPath: 'link/report.json' })).rejects.toThrow();
  });

  it('skips what is binary or large, and says so', async () => {
    await write({
      'logo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]),
      'latin1.txt': Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]),
      'big.yaml': `a: [\n${'# x\n'.repeat(3_000)}`,
      'a.txt': 'x',
    });
    const { output, log } = await run();
    expect(output.report.skipped).toEqual([
      {
        path: 'big.yaml',
        reason: '12005 bytes are more than the 10000 that are read',
      },
      { path: 'latin1.txt', reason: 'binary' },
      { path: 'logo.png', reason: 'binary' },
    ]);
    expect(output.report.counts).toMatchObject({ files: 1, skipped: 3 });
    expect(log.join('\n')).toContain('Not checked: big.yaml');
  });

  it('refuses a workspace of too many files', async () => {
    await write(
      Object.fromEntries(
        Array.from({ length: 51 }, (_, i) => [`${i}.txt`, '']),
      ),
    );
    await expect(run()).rejects.toThrow(
      'more than 50 files; goldenPaths.verify.maxFiles allows more',
    );
  });

  it('reports which checks ran, and the same for the same files', async () => {
    await write({ ...CHART, 'a.json': '{}' });
    const first = await run({ reportPath: '.golden-path/report.json' });
    const report = first.output.report as VerificationReport;
    expect(
      Object.fromEntries(report.checks.map(({ id, status }) => [id, status])),
    ).toEqual({
      files: 'passed',
      yaml: 'passed',
      json: 'passed',
      schema: 'passed',
      catalog: 'not-needed',
      workflow: 'not-needed',
      helm: 'passed',
      prometheus: 'not-needed',
      sop: 'not-needed',
      openslo: 'not-needed',
      secrets: 'passed',
      leftovers: 'passed',
    });
    expect(report.checks.find(({ id }) => id === 'helm')?.tool).toEqual({
      name: 'helm',
      version: expect.stringMatching(/^v\d+\.\d+\.\d+/),
    });
    const written = workspace.content() as any;
    expect(JSON.parse(written['.golden-path']['report.json'])).toEqual(report);
    expect(first.output.summary).toBe('5 files passed 7 checks');
  });

  it('runs only the checks that are asked for', async () => {
    await write({ 'a.yaml': '[', 'b.json': '[' });
    const error = await run({ checks: ['json'] }).catch(
      (thrown: Error) => thrown.message,
    );
    expect(error).toContain('b.json:1:2 [json]');
    expect(error).not.toContain('a.yaml');
  });

  it('stops when the run is cancelled', async () => {
    await write(CHART);
    await expect(
      actions.run('golden-path:verify', {
        workspacePath: workspace.path,
        signal: AbortSignal.abort(),
      }),
    ).rejects.toThrow(/abort/i);
  });

  describe('without a program', () => {
    const config = (verify: JsonObject = {}) => ({
      goldenPaths: { tools: { helm: '/nowhere/helm' }, verify },
    });

    it('stops and says how to get it', async () => {
      const runner = await startActions(config());
      await write(CHART);
      await expect(run({}, runner)).rejects.toThrow(
        /\[helm\] helm was not checked: Helm is missing: goldenPaths\.tools\.helm names "\/nowhere\/helm", which cannot be run/,
      );
      await runner.stop();
    });

    it('passes with a warning where the check is optional', async () => {
      const runner = await startActions(config({ optional: ['helm'] }));
      await write(CHART);
      const { output } = await run({}, runner);
      expect(output).toMatchObject({ passed: true, errors: 0, warnings: 1 });
      expect(
        output.report.checks.find(({ id }: { id: string }) => id === 'helm'),
      ).toMatchObject({
        status: 'unavailable',
        reason: expect.stringContaining('Helm is missing'),
      });
      expect(output.summary).toContain('helm did not run (Helm is missing');
      await runner.stop();
    });

    it('does not miss it where nothing needs it', async () => {
      const runner = await startActions(config());
      await write({ 'a.txt': 'x' });
      expect((await run({}, runner)).output.passed).toBe(true);
      await runner.stop();
    });
  });

  it.each<[JsonObject, string]>([
    [
      { optional: ['hlem'] },
      'goldenPaths.verify.optional: found "hlem"; allowed: files, yaml',
    ],
    [
      { maxFiles: 0 },
      'goldenPaths.verify.maxFiles: found 0; allowed: a whole number above 0',
    ],
    [{ maxFileSize: 1.5 }, 'goldenPaths.verify.maxFileSize: found 1.5'],
  ])('refuses the configuration %j', async (verify, message) => {
    await expect(startActions({ goldenPaths: { verify } })).rejects.toThrow(
      message,
    );
  });
});
