import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import { StartRunRequest } from '@handrail/plugin-sop-common';
import { sopServiceRef } from '@handrail/plugin-sop-node';
import request from 'supertest';
import { parse } from 'yaml';
import scaffolderModuleSop from '.';

jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '../../..');

async function readYaml(path: string) {
  return parse(await readFile(resolve(ROOT, path), 'utf8'));
}

describe('the scaffolder module', () => {
  const workspace = createMockDirectory();
  let backend: TestBackend;
  let started: Array<{ request: StartRunRequest; user?: string }>;
  let refuse: Error | undefined;

  beforeEach(async () => {
    started = [];
    refuse = undefined;
    workspace.clear();
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleSop,
        createServiceFactory({
          service: sopServiceRef,
          deps: {},
          factory: () => ({
            async startRun(startRequest, { credentials }) {
              if (refuse) {
                throw refuse;
              }
              const { userEntityRef } = credentials.principal as {
                userEntityRef?: string;
              };
              started.push({ request: startRequest, user: userEntityRef });
              return {
                runId: 'run-1',
                headline: 'Waiting for ops to do “A”',
              } as never;
            },
            getRun: async () => ({} as never),
            listRuns: jest.fn(),
            listTasks: jest.fn(),
            executeCommand: jest.fn(),
            getGate: jest.fn(),
          }),
        }),
      ],
    });
  });

  afterEach(() => backend.stop());

  async function dryRun(template: object, values: object, files: object = {}) {
    return request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .set('Authorization', mockCredentials.user.header())
      .send({
        template,
        values,
        secrets: {},
        directoryContents: Object.entries(files).map(([path, text]) => ({
          path,
          base64Content: Buffer.from(String(text)).toString('base64'),
        })),
      });
  }

  it('offers its actions', async () => {
    const response = await request(backend.server)
      .get('/api/scaffolder/v2/actions')
      .set('Authorization', mockCredentials.user.header());
    const ids = response.body.map((action: { id: string }) => action.id);
    expect(ids).toEqual(expect.arrayContaining(['sop:start', 'sop:validate']));
  });

  it('runs the template for a data change dry', async () => {
    const template = await readYaml(
      'templates/request-data-change/template.yaml',
    );
    const response = await dryRun(template, {
      target: 'resource:default/orders-db',
      ticket: 'DATA-1',
      summary: 'Correct two orders',
      database: 'orders',
    });
    expect(response.body.error).toBeUndefined();
    expect(response.body.output.links[0].url).toBe('/sops');
    expect(started).toEqual([]);

    const wrong = await dryRun(template, { target: 'x', ticket: 'no' });
    expect(wrong.status).toBe(400);
  });

  it('asks for exactly the inputs of the procedure it starts', async () => {
    const template = await readYaml(
      'templates/request-data-change/template.yaml',
    );
    const sop = await readYaml('catalog/sops/sop-004-data-change.yaml');
    const { sopRef, inputs } = template.spec.steps[0].input;
    expect(sopRef).toBe(`sop:default/${sop.metadata.name}`);
    expect(Object.keys(inputs).sort()).toEqual(
      Object.keys(sop.spec.inputs.properties).sort(),
    );
    const asked = template.spec.parameters[1].properties;
    for (const [name, schema] of Object.entries<Record<string, unknown>>(
      sop.spec.inputs.properties,
    )) {
      expect(asked[name].pattern).toBe(schema.pattern);
      expect(asked[name].maxLength).toBe(schema.maxLength);
    }
  });

  it('renders a valid procedure whatever the texts are', async () => {
    const template = await readYaml('templates/write-procedure/template.yaml');
    const skeleton = await readFile(
      resolve(ROOT, 'templates/write-procedure/skeleton/procedure.yaml'),
      'utf8',
    );
    const response = await dryRun(
      template,
      {
        number: 'SOP-017',
        title: 'Rotate: "keys" # daily',
        summary: 'First line\nsecond: {line}',
        owner: 'group:default/platform',
        steps: [
          { name: 'Make a key: new', type: 'manual' },
          { name: "Is it 'right'?", type: 'approval' },
        ],
      },
      { 'skeleton/procedure.yaml': skeleton },
    );
    expect(response.body.error).toBeUndefined();
    expect(response.status).toBe(200);
    const [text] = response.body.output.text;
    const source = /```yaml\n([\s\S]*)```/.exec(text.content)?.[1] ?? '';
    expect(parse(source)).toMatchObject({
      metadata: { name: 'sop-017', title: 'SOP-017 Rotate: "keys" # daily' },
      spec: {
        lifecycle: 'draft',
        steps: [
          { id: 'step-1', type: 'manual', role: 'worker' },
          {
            id: 'step-2',
            type: 'approval',
            name: "Is it 'right'?",
            excludedOwners: ['initiator'],
          },
        ],
      },
    });
  });
});

describe('actions', () => {
  const workspace = createMockDirectory();
  const actions = new Map<string, TemplateAction>();
  const startRun = jest.fn();
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startTestBackend({
      extensionPoints: [
        [
          scaffolderActionsExtensionPoint,
          {
            addActions: (...all) =>
              all.forEach(one => actions.set(one.id, one)),
          },
        ],
      ],
      features: [
        scaffolderModuleSop,
        createServiceFactory({
          service: sopServiceRef,
          deps: {},
          factory: () => ({
            startRun,
            getRun: jest.fn(),
            listRuns: jest.fn(),
            listTasks: jest.fn(),
            executeCommand: jest.fn(),
            getGate: jest.fn(),
          }),
        }),
      ],
    });
  });

  afterAll(() => backend.stop());

  beforeEach(() => {
    workspace.clear();
    startRun.mockReset();
  });

  async function run(id: string, input: object) {
    const output: Record<string, unknown> = {};
    const credentials = mockCredentials.user('user:default/dev');
    const context = createMockActionContext({
      input: input as JsonObject,
      workspacePath: workspace.path,
      task: { id: 'task-1' },
    });
    await actions.get(id)?.handler({
      ...context,
      getInitiatorCredentials: async () => credentials,
      checkpoint: ({ fn }) => Promise.resolve(fn()),
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
    });
    return { output, credentials };
  }

  it('starts a run as the initiator, and the same one when tried again', async () => {
    startRun.mockResolvedValue({ runId: 'run/1', headline: 'In progress' });
    const input = { sopRef: 'sop:default/x', inputs: { a: 1 } };
    const first = await run('sop:start', input);
    await run('sop:start', input);
    expect(first.output).toEqual({
      runId: 'run/1',
      url: '/sops/runs/run%2F1',
      headline: 'In progress',
    });
    const [[one, options], [two]] = startRun.mock.calls;
    expect(options.credentials).toBe(first.credentials);
    expect(one).toMatchObject(input);
    expect(one.commandId).toMatch(/^[0-9a-f]{64}$/);
    expect(two.commandId).toBe(one.commandId);
  });

  it('says why a run was not started', async () => {
    const body = {
      error: { name: 'InputError', message: 'inputs.ticket: required' },
      request: { method: 'POST', url: '/runs' },
      response: { statusCode: 400 },
    };
    startRun.mockRejectedValue(
      await ResponseError.fromResponse(
        new Response(JSON.stringify(body), {
          status: 400,
          headers: { 'content-type': 'application/json' },
        }),
      ),
    );
    await expect(run('sop:start', { sopRef: 'sop:default/x' })).rejects.toThrow(
      'sop:default/x was not started: inputs.ticket: required',
    );
  });

  it.each([
    ['no file', 'no.yaml', undefined, 'found "no.yaml", which is no file'],
    ['an outside path', '../x', undefined, 'Relative path is not allowed'],
    ['nothing', 'a.yaml', '', 'a.yaml is empty; expected a procedure'],
    ['no YAML', 'a.yaml', 'a: [1', 'a.yaml: Flow sequence in block'],
    ['another kind', 'a.yaml', 'kind: API', 'a.yaml: kind: found "API"'],
    ['two', 'a.yaml', 'kind: SOP\n---\nkind: SOP', 'a.yaml, document 2: '],
    ['a megabyte', 'a.yaml', 'x'.repeat(1_000_001), 'at most 1000000'],
  ])('refuses %s', async (_, path, text, message) => {
    workspace.setContent(text === undefined ? {} : { [path]: text });
    await expect(run('sop:validate', { path })).rejects.toThrow(message);
  });
});
