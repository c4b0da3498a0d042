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
            getGate: async () =>
              ({
                allowed: false,
                sentence: 'Closed.',
                reasons: [],
              } as never),
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
    expect(ids).toEqual(
      expect.arrayContaining([
        'sop:await-run',
        'sop:gate',
        'sop:start-run',
        'sop:validate',
      ]),
    );
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

  it('runs the template that requires a procedure dry', async () => {
    const template = await readYaml('templates/gated-change/template.yaml');
    const values = {
      target: 'component:default/payments-api',
      ticket: 'DATA-1',
      summary: 'Correct two orders',
      database: 'orders',
    };
    const response = await dryRun(template, values);
    expect(response.body.error).toBeUndefined();
    expect(response.body.output.text[0].content).toBe(
      'Not awaited: this is a dry run',
    );
    expect(started).toEqual([]);
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
  const getRun = jest.fn();
  const getGate = jest.fn();
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
            getRun,
            listRuns: jest.fn(),
            listTasks: jest.fn(),
            executeCommand: jest.fn(),
            getGate,
          }),
        }),
      ],
    });
  });

  afterAll(() => backend.stop());

  beforeEach(() => {
    workspace.clear();
    startRun.mockReset();
    getRun.mockReset();
    getGate.mockReset();
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
    const first = await run('sop:start-run', input);
    await run('sop:start-run', input);
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

  const refused = async (status: number, message: string) =>
    ResponseError.fromResponse(
      new Response(
        JSON.stringify({
          error: { name: 'Error', message },
          request: { method: 'GET', url: '/' },
          response: { statusCode: status },
        }),
        { status, headers: { 'content-type': 'application/json' } },
      ),
    );

  it('goes on while the change gate is open', async () => {
    getGate.mockResolvedValue({
      allowed: true,
      sentence: 'A may be changed now.',
      reasons: [],
    });
    const { output, credentials } = await run('sop:gate', {
      entityRef: 'component:default/a',
    });
    expect(output).toEqual({
      allowed: true,
      sentence: 'A may be changed now.',
      opensAt: '',
    });
    expect(getGate).toHaveBeenCalledWith('component:default/a', {
      credentials,
    });
  });

  it('fails while the change gate is closed, with when and who', async () => {
    const opensAt = '2026-11-09T00:00:00.000Z';
    getGate.mockResolvedValue({
      allowed: false,
      sentence: 'A must not be changed now. A freeze.',
      opensAt,
      reasons: [{ blocking: true, unblockers: ['group:default/ops'] }],
    });
    const input = { entityRef: 'component:default/a' };
    await expect(run('sop:gate', input)).rejects.toThrow(
      'A must not be changed now. A freeze. It opens 2026-11-09T00:00:00.000Z. Who can help: group:default/ops.',
    );
    const { output } = await run('sop:gate', { ...input, required: false });
    expect(output).toMatchObject({ allowed: false, opensAt });
  });

  it('fails when the change gate cannot be asked', async () => {
    getGate.mockRejectedValue(await refused(404, 'There is no entity a'));
    await expect(run('sop:gate', { entityRef: 'a' })).rejects.toThrow(
      'The change gate did not answer for a: There is no entity a',
    );
  });

  const runOf = (status: string, headline: string) => ({ status, headline });

  it('waits until a run is completed, as the initiator at first', async () => {
    getRun
      .mockResolvedValueOnce(runOf('running', 'Waiting for ops'))
      .mockRejectedValueOnce(new Error('connection refused'))
      .mockResolvedValueOnce(runOf('completed', 'Completed'));
    const { output, credentials } = await run('sop:await-run', {
      runId: 'run/1',
    });
    expect(output).toEqual({
      status: 'completed',
      headline: 'Completed',
      url: '/sops/runs/run%2F1',
    });
    expect(getRun.mock.calls.map(([, options]) => options.credentials)).toEqual(
      [
        credentials,
        mockCredentials.service('plugin:scaffolder'),
        mockCredentials.service('plugin:scaffolder'),
      ],
    );
  });

  it.each([
    ['cancelled', 'Cancelled: no need'],
    ['failed', 'Failed: no'],
    ['compensated', 'Rolled back: no'],
  ])('fails when the run is %s', async (status, headline) => {
    getRun.mockResolvedValue(runOf(status, headline));
    await expect(run('sop:await-run', { runId: 'r' })).rejects.toThrow(
      `Run r was not completed but is ${status}: ${headline}. See /sops/runs/r.`,
    );
  });

  it('fails when the time is over, and says where it stands', async () => {
    getRun.mockResolvedValue(runOf('running', 'Waiting for ops'));
    await expect(
      run('sop:await-run', { runId: 'r', timeout: 'PT0.05S' }),
    ).rejects.toThrow(/is not over after .*: Waiting for ops. It goes on at/);
  });

  it('gives up on a run that is gone or that nobody may see', async () => {
    getRun.mockRejectedValue(await refused(403, 'You may not see runs'));
    await expect(run('sop:await-run', { runId: 'r' })).rejects.toThrow(
      'Run r cannot be followed: You may not see runs',
    );
    getRun
      .mockReset()
      .mockResolvedValueOnce(runOf('running', 'x'))
      .mockRejectedValue(await refused(404, 'There is no run r'));
    await expect(run('sop:await-run', { runId: 'r' })).rejects.toThrow(
      'Run r cannot be followed any more: There is no run r',
    );
  });

  it.each(['soon', 'PT0S', 'P31D', '-PT1H'])(
    'refuses to wait for %p',
    async timeout => {
      await expect(
        run('sop:await-run', { runId: 'r', timeout }),
      ).rejects.toThrow(`timeout: found "${timeout}"`);
      expect(getRun).not.toHaveBeenCalled();
    },
  );

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
    await expect(
      run('sop:start-run', { sopRef: 'sop:default/x' }),
    ).rejects.toThrow('sop:default/x was not started: inputs.ticket: required');
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
