import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { parse, stringify } from 'yaml';
import {
  LoadedTemplate,
  loadTemplate,
  pairwise,
  questionsOf,
  Rendering,
  startTemplates,
  Templates,
  tryHostileAnswers,
} from '../__testUtils__';
import {
  helmProgram,
  helmTemplate,
  KubernetesDocument,
  kubernetesProblems,
} from '../__testUtils__/kubernetes';

jest.setTimeout(300_000);

const ANSWERS = {
  name: 'gift-cards',
  description: 'Sells cards that can be given away',
  owner: 'group:default/platform',
  system: 'system:default/shop',
  image: 'registry.example.com/shop/gift-cards',
  appVersion: '1.10',
  port: 8080,
};

describe('the template for a Helm chart', () => {
  const folder = createMockDirectory();
  let templates: Templates;
  let template: LoadedTemplate;
  let harmless: Rendering;

  beforeAll(async () => {
    templates = await startTemplates();
    template = await loadTemplate('helm-chart');
    harmless = await templates.render(template, ANSWERS);
  });
  afterAll(() => templates.stop());

  async function writeChart(result: Rendering): Promise<string> {
    expect(result.error).toBeUndefined();
    expect(result.refused).toEqual([]);
    await rm(folder.path, { recursive: true });
    await result.writeTo(folder.path);
    return resolve(folder.path, 'chart');
  }

  const byKind = (documents: KubernetesDocument[], kind: string) =>
    documents.filter(document => document.kind === kind);

  it('renders a repository that passes every check and says what it is made of', () => {
    const result = harmless;
    expect(result.error).toBeUndefined();
    expect(result.report?.passed).toBe(true);
    expect(
      result.report?.checks
        .filter(({ status }) => status !== 'passed')
        .map(({ id, status }) => [id, status]),
    ).toEqual([
      ['sop', 'not-needed'],
      ['openslo', 'not-needed'],
    ]);
    const lock = parse(result.files.get('.golden-path/lock.yaml')?.text ?? '');
    expect(lock.template.version).toBe(
      template.entity.metadata.annotations?.['handrail.dev/template-version'],
    );
    expect(lock.answers).toEqual(ANSWERS);
    expect(lock.files['chart/templates/deployment.yaml'].ownership).toBe(
      'template',
    );
    expect(lock.files['chart/values.yaml'].ownership).toBe('shared');
    expect(lock.files['README.md'].ownership).toBe('yours');
    expect(result.output.links).toMatchObject([
      { title: 'Repository' },
      { title: 'Chart in the catalog' },
    ]);
  });

  it('leaves the expressions of GitHub and Helm alone', () => {
    const { files } = harmless;
    expect(files.get('.github/workflows/ci.yaml')?.text).toContain(
      'group: ci-${{ github.ref }}',
    );
    expect(files.get('chart/templates/deployment.yaml')?.text).toContain(
      '{{ include "gift-cards.fullname" . }}',
    );
    expect(files.get('chart/rules/alerts.yaml')?.text).toContain(
      '{{ $labels.namespace }}',
    );
    for (const { text } of files.values()) {
      expect(text).not.toContain('${{ values');
    }
    expect(parse(files.get('chart/Chart.yaml')?.text ?? '').appVersion).toBe(
      '1.10',
    );
  });

  it('renders the same again', async () => {
    const again = await templates.render(template, ANSWERS);
    // The API lists the files in no order.
    const bytes = ({ files }: Rendering) =>
      Object.fromEntries(
        [...files]
          // The id of the task is part of the lock file.
          .map(([path, { text }]) => [path, text.replace(/^task: .*$/m, '')]),
      );
    expect(bytes(again)).toEqual(bytes(harmless));
    expect(again.files.size).toBeGreaterThan(20);
  });

  it('passes its checks with every two answers together', async () => {
    const rows = pairwise({
      exposure: ['none', 'ingress', 'httpRoute'],
      autoscaling: [true, false],
      podDisruptionBudget: [true, false],
      networkPolicy: [true, false],
      monitoring: [true, false],
      port: [1024, 65535],
    });
    for (const row of rows) {
      const chart = await writeChart(
        await templates.render(template, {
          ...ANSWERS,
          ...row,
          ...(row.exposure === 'none' ? {} : { host: 'cards.example.com' }),
        }),
      );
      const documents = await helmTemplate(chart);
      const kinds = new Set(documents.map(({ kind }) => kind));
      expect({
        row,
        kinds: {
          Ingress: kinds.has('Ingress'),
          HTTPRoute: kinds.has('HTTPRoute'),
          HorizontalPodAutoscaler: kinds.has('HorizontalPodAutoscaler'),
          PodDisruptionBudget: kinds.has('PodDisruptionBudget'),
          NetworkPolicy: kinds.has('NetworkPolicy'),
          ServiceMonitor: kinds.has('ServiceMonitor'),
          PrometheusRule: kinds.has('PrometheusRule'),
        },
      }).toEqual({
        row,
        kinds: {
          Ingress: row.exposure === 'ingress',
          HTTPRoute: row.exposure === 'httpRoute',
          HorizontalPodAutoscaler: row.autoscaling,
          PodDisruptionBudget: row.podDisruptionBudget,
          NetworkPolicy: row.networkPolicy,
          ServiceMonitor: row.monitoring,
          PrometheusRule: row.monitoring,
        },
      });
      const [deployment] = byKind(documents, 'Deployment');
      expect(deployment.spec.replicas).toBe(row.autoscaling ? undefined : 2);
      const [container] = deployment.spec.template.spec.containers;
      expect(container.ports[0].containerPort).toBe(row.port);
    }
  });

  it('refuses bad answers in the form', async () => {
    const cases: Array<[string, object]> = [
      ['name', { name: 'Gift Cards' }],
      ['name', { name: 'a' }],
      ['name', { name: '../up' }],
      ['name', { name: 'gift--cards' }],
      ['name', { name: 'true' }],
      ['name', { name: 'x'.repeat(41) }],
      ['description', { description: 'two\nlines' }],
      ['description', { description: '    ' }],
      ['owner', { owner: 'platform team' }],
      ['system', { system: 'component:default/shop' }],
      ['image', { image: 'registry.example.com/shop/cards:1.0' }],
      ['image', { image: 'Shop/Cards' }],
      ['appVersion', { appVersion: '-1' }],
      ['port', { port: 80 }],
      ['port', { port: 70000 }],
      ['port', { port: '8080' }],
      ['exposure', { exposure: 'tunnel' }],
    ];
    for (const [property, answer] of cases) {
      const { refused } = await templates.render(template, {
        ...ANSWERS,
        ...answer,
      });
      expect({ answer, refused: refused.map(one => one.property) }).toEqual({
        answer,
        refused: expect.arrayContaining([property]),
      });
    }
    const withoutHost = await templates.render(template, {
      ...ANSWERS,
      exposure: 'ingress',
    });
    expect(withoutHost.refused).not.toEqual([]);
  });

  it('says in words what is wrong with an answer', () => {
    const silent = template.entity.spec.parameters.slice(0, 2).flatMap(page => {
      const { properties, errorMessage } = page as {
        properties: Record<string, { pattern?: string }>;
        errorMessage: { properties: Record<string, string> };
      };
      return Object.entries(properties)
        .filter(
          ([name, { pattern }]) => pattern && !errorMessage.properties[name],
        )
        .map(([name]) => name);
    });
    expect(silent).toEqual([]);
    expect(questionsOf(template).map(({ name }) => name)).toContain('host');
  });

  it('refuses hostile answers or renders them without harm', async () => {
    const outcomes = await tryHostileAnswers(templates, template, {
      ...ANSWERS,
      healthPath: '/health',
      exposure: 'httpRoute',
      host: 'cards.example.com',
      gateway: 'public',
    });
    expect(outcomes.length).toBeGreaterThan(200);
    expect(outcomes.filter(({ outcome }) => outcome === 'stopped')).toEqual([]);
    expect(outcomes.filter(({ changed }) => changed.length > 0)).toEqual([]);
    const rendered = outcomes.filter(({ outcome }) => outcome === 'rendered');
    expect(
      rendered.map(({ question, hostile }) => `${question}: ${hostile}`).sort(),
    ).toEqual([
      'appVersion: a number',
      'appVersion: a word that is no text',
      'description: a YAML mapping',
      'description: a YAML tag',
      'description: a number',
      'description: a path upwards',
      'description: a word that is no text',
      'description: an absolute path',
      'description: double quotes',
      'description: single quotes',
      'description: unicode',
      'gateway: a word that is no text',
      'healthPath: an absolute path',
      'host: a number',
      'image: a number',
      'image: a word that is no text',
    ]);
  });

  describe('the chart', () => {
    const CASES: Array<[string, object]> = [
      ['its own values', {}],
      ['a digest', { image: { digest: `sha256:${'a'.repeat(64)}` } }],
      ['a long name', { fullnameOverride: `x${'y'.repeat(62)}` }],
      ['a name that looks like a number', { nameOverride: '12345' }],
      ['nothing to write to', { writablePaths: [] }],
      ['a node port', { service: { type: 'NodePort', port: 8443 } }],
      [
        'both ways in',
        {
          ingress: { enabled: true, host: 'a.example.com' },
          httpRoute: { enabled: true, host: 'b.example.com' },
        },
      ],
      [
        'an ingress without TLS',
        {
          ingress: {
            enabled: true,
            host: 'a.example.com',
            tls: { enabled: false },
          },
        },
      ],
      [
        'a budget in per cent',
        { podDisruptionBudget: { maxUnavailable: '25%' } },
      ],
      ['no egress but names', { networkPolicy: { egress: [] } }],
      [
        'a service account of its own',
        { serviceAccount: { create: false, name: 'robot' } },
      ],
      [
        'variables',
        {
          env: [
            { name: 'A', value: '1' },
            {
              name: 'B',
              valueFrom: { secretKeyRef: { name: 's', key: 'k' } },
            },
          ],
        },
      ],
      ['zero replicas', { autoscaling: { enabled: false }, replicas: 0 }],
      ['as part of another chart', { global: { domain: 'example.com' } }],
    ];
    let chart: string;

    beforeAll(async () => {
      chart = await writeChart(harmless);
    });

    async function valuesFile(values: object): Promise<string[]> {
      const file = resolve(folder.path, 'case.yaml');
      await writeFile(file, stringify(values));
      return ['--values', file];
    }

    it('renders what Kubernetes takes, for each case', async () => {
      const all: KubernetesDocument[] = [];
      const files = ['minimal', 'full'].map(name => [
        '--values',
        resolve(chart, `ci/${name}-values.yaml`),
      ]);
      for (const args of files) {
        all.push(...(await helmTemplate(chart, { args })));
      }
      for (const [, values] of CASES) {
        all.push(
          ...(await helmTemplate(chart, { args: await valuesFile(values) })),
        );
      }
      all.push(...(await helmTemplate(chart, { release: '123' })));
      expect(new Set(all.map(({ kind }) => kind))).toEqual(
        new Set([
          'Deployment',
          'HTTPRoute',
          'HorizontalPodAutoscaler',
          'Ingress',
          'NetworkPolicy',
          'Pod',
          'PodDisruptionBudget',
          'PrometheusRule',
          'Service',
          'ServiceAccount',
          'ServiceMonitor',
        ]),
      );
      expect(kubernetesProblems(all)).toEqual([]);
      for (const { kind, metadata } of all) {
        expect([kind, metadata.name.length <= 63]).toEqual([kind, true]);
        for (const label of Object.values(metadata.labels as object)) {
          expect(label).toMatch(
            /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
          );
        }
      }
    });

    it('finds what Kubernetes would not take', async () => {
      const [deployment] = byKind(await helmTemplate(chart), 'Deployment');
      const { spec } = deployment;
      const wrong = (change: object) =>
        kubernetesProblems([{ ...deployment, spec: { ...spec, ...change } }]);
      expect(wrong({ replcas: 1 })).toEqual([
        expect.stringContaining('/spec/replcas: is not known'),
      ]);
      expect(wrong({ replicas: 'two' })).toEqual([
        expect.stringContaining('/spec/replicas'),
      ]);
      expect(wrong({ selector: undefined })).not.toEqual([]);
    });

    it('runs restricted pods only', async () => {
      const documents = await helmTemplate(chart, {
        args: ['--values', resolve(chart, 'ci/full-values.yaml')],
      });
      const pods = [
        ...byKind(documents, 'Pod').map(({ spec }) => spec),
        ...byKind(documents, 'Deployment').map(
          ({ spec }) => spec.template.spec,
        ),
      ];
      expect(pods).toHaveLength(2);
      for (const pod of pods) {
        expect(pod.securityContext).toMatchObject({
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        });
        expect(pod.securityContext.runAsUser).toBeGreaterThan(0);
        expect(pod.hostNetwork ?? pod.hostPID ?? pod.hostIPC).toBeUndefined();
        for (const container of pod.containers) {
          expect(container.securityContext).toEqual({
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          });
          expect(container.resources.limits.memory).toBeDefined();
          expect(container.resources.requests.cpu).toBeDefined();
        }
        for (const volume of pod.volumes ?? []) {
          expect(Object.keys(volume)).toEqual(['name', 'emptyDir']);
        }
      }
    });

    it('lets everything find the pods, and the test pod out of the service', async () => {
      const documents = await helmTemplate(chart, {
        args: ['--values', resolve(chart, 'ci/full-values.yaml')],
      });
      const only = (kind: string) => byKind(documents, kind)[0];
      const deployment = only('Deployment');
      const pods = deployment.spec.template.metadata.labels;
      const selectors = {
        deployment: deployment.spec.selector.matchLabels,
        service: only('Service').spec.selector,
        budget: only('PodDisruptionBudget').spec.selector.matchLabels,
        policy: only('NetworkPolicy').spec.podSelector.matchLabels,
      };
      for (const [name, selector] of Object.entries(selectors)) {
        expect([name, pods]).toEqual([name, expect.objectContaining(selector)]);
      }
      expect(only('Pod').metadata.labels).not.toMatchObject(selectors.service);
      expect(only('Service').metadata.labels).toMatchObject(
        only('ServiceMonitor').spec.selector.matchLabels,
      );
      const { jobLabel, endpoints } = only('ServiceMonitor').spec;
      const { labels } = only('Service').metadata as {
        labels?: Record<string, string>;
      };
      // The alerts select by the job.
      expect(labels?.[jobLabel]).toBe('gift-cards');
      expect(JSON.stringify(only('PrometheusRule').spec)).toContain(
        'up{job=\\"gift-cards\\"}',
      );
      const [port] = only('Service').spec.ports;
      expect(endpoints[0].port).toBe(port.name);
      expect(port.targetPort).toBe(
        deployment.spec.template.spec.containers[0].ports[0].name,
      );
      const autoscaler = only('HorizontalPodAutoscaler').spec;
      expect(autoscaler.scaleTargetRef.name).toBe(deployment.metadata.name);
      for (const backend of [
        only('Ingress').spec.rules[0].http.paths[0].backend.service.name,
        only('HTTPRoute').spec.rules[0].backendRefs[0].name,
      ]) {
        expect(backend).toBe(only('Service').metadata.name);
      }
    });

    it.each<[string, object, RegExp]>([
      ['a key that is not known', { replcas: 3 }, /replcas/],
      ['a text for a number', { replicas: 'two' }, /replicas.*want integer/s],
      ['a port that needs rights', { containerPort: 80 }, /containerPort/],
      ['root', { runAs: { user: 0 } }, /runAs\/user/],
      ['a tag with a blank', { image: { tag: 'a b' } }, /image\/tag/],
      ['a digest that is none', { image: { digest: 'sha256:1' } }, /digest/],
      ['an ingress without host', { ingress: { enabled: true } }, /ingress/],
      ['a route without host', { httpRoute: { enabled: true } }, /httpRoute/],
      [
        'a budget of nothing',
        { podDisruptionBudget: { maxUnavailable: 0 } },
        /maxUnavailable/,
      ],
      ['more than all', { autoscaling: { targetCPU: 150 } }, /targetCPU/],
      [
        'the wrong way round',
        { autoscaling: { minReplicas: 11 } },
        /at most maxReplicas, which is 10/,
      ],
      [
        'no limit',
        { resources: { limits: { memory: null } } },
        /resources\/limits/,
      ],
      [
        'a quantity that is none',
        { resources: { limits: { memory: 'much' } } },
        /memory/,
      ],
      ['a variable without name', { env: [{ value: 'x' }] }, /env\/0/],
      [
        'a path without slash',
        { probes: { liveness: { path: 'health' } } },
        /liveness/,
      ],
      ['a host with a blank', { ingress: { host: 'a b' } }, /ingress\/host/],
    ])('refuses values with %s', async (_name, values, message) => {
      const args = await valuesFile(values);
      await expect(helmTemplate(chart, { args })).rejects.toThrow(message);
    });

    it('is packaged without the cases of its CI', async () => {
      const run = (program: string, args: string[]) =>
        execFileSync(program, args, {
          cwd: folder.path,
          encoding: 'utf8',
          env: { PATH: process.env.PATH, HOME: folder.path },
        });
      run(helmProgram(), ['package', 'chart']);
      const files = run('tar', ['-tzf', 'gift-cards-0.1.0.tgz']).split('\n');
      expect(files).toContain('gift-cards/values.schema.json');
      expect(files).toContain('gift-cards/rules/alerts.yaml');
      expect(files.filter(file => file.includes('/ci/'))).toEqual([]);
    });
  });

  it.each<[string, string, (text: string) => string, string]>([
    [
      'a template of the chart',
      'skeleton/chart/templates/service.yaml',
      text => text.replace('.Values.service.port', '.Values.service.prot.x'),
      'helm',
    ],
    [
      'the values',
      'skeleton/chart/values.yaml',
      text => text.replace('replicas: 2', 'replicas: two'),
      'schema',
    ],
    [
      'the schema',
      'skeleton/chart/values.schema.json',
      text => text.replace('"properties": {', '"properties": '),
      'json',
    ],
    [
      'an alert',
      'skeleton/chart/rules/alerts.yaml',
      text => text.replace('== 0', '== 1'),
      'prometheus',
    ],
    [
      'the workflow',
      'skeleton/.github/workflows/ci.yaml',
      text => text.replace('runs-on', 'runs_on'),
      'workflow',
    ],
    [
      'the entity',
      'skeleton/catalog-info.yaml',
      text => text.replace('  owner:', '  owners:'),
      'catalog',
    ],
    [
      'a placeholder',
      'skeleton/README.md',
      text => `${text}{% raw %}\${{ values.name }}{% endraw %}`,
      'leftovers',
    ],
  ])(
    'is not published with a mistake in %s',
    async (_name, path, change, check) => {
      const contents = template.contents.map(file => {
        const text = Buffer.from(file.base64Content, 'base64').toString();
        if (file.path !== path) {
          return file;
        }
        expect(change(text)).not.toBe(text);
        return {
          path,
          base64Content: Buffer.from(change(text)).toString('base64'),
        };
      });
      const { error } = await templates.render(
        { ...template, contents },
        ANSWERS,
      );
      expect(error).toContain('Nothing was published');
      expect(error).toContain(`[${check}]`);
    },
  );
});
