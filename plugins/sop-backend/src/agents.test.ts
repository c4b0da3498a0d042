import { createHash, randomBytes } from 'node:crypto';
import {
  AuthService,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import demoModule, {
  DEMO_USER_HEADER,
} from '@handrail/plugin-auth-backend-module-demo';
import { RunView } from '@handrail/plugin-sop-common';
import request from 'supertest';
import { Harness, procedure, startHarness } from './__testUtils__/harness';
import { Person } from './__testUtils__/Person';

jest.setTimeout(60_000);

const STATIC_TOKEN = 'token-of-an-agent-outside';
const CALLBACK = 'http://localhost:9999/callback';

const person = (name: string, groups: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: { memberOf: groups },
  relations: groups.map(group => ({
    type: 'memberOf',
    targetRef: `group:default/${group}`,
  })),
});

/** With real tokens: issued by the auth back end, verified by its keys. */
describe('agents', () => {
  let harness: Harness;
  let auth: AuthService;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [
        person('dev', ['developers', 'reviewers']),
        person('rev1', ['reviewers']),
        procedure(
          'reviewed',
          [
            { id: 'write', type: 'manual', name: 'Write', role: 'developer' },
            {
              id: 'review',
              type: 'approval',
              name: 'Review',
              role: 'reviewer',
            },
            {
              id: 'hand',
              type: 'handoff',
              name: 'Hand over',
              role: 'reviewer',
            },
          ],
          { appliesTo: { kind: 'Component' } },
        ),
      ],
      realActions: true,
      config: {
        app: { baseUrl: 'http://localhost:3000' },
        auth: {
          environment: 'development',
          providers: { demo: {} },
          experimentalDynamicClientRegistration: {
            enabled: true,
            allowedRedirectUriPatterns: ['http://localhost:*/*'],
          },
        },
        backend: {
          actions: { pluginSources: ['sop'] },
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: STATIC_TOKEN, subject: 'ci' },
              },
            ],
          },
        },
      },
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        authPlugin,
        demoModule,
        mcpPlugin,
        createBackendPlugin({
          pluginId: 'helper',
          register(env) {
            env.registerInit({
              deps: { auth: coreServices.auth },
              init: async deps => {
                auth = deps.auth;
              },
            });
          },
        }),
      ],
    });
  });

  afterAll(() => harness.stop());

  const http = () => request(harness.backend.server);
  const withToken = (token: string) =>
    new Person(harness.backend, `Bearer ${token}`);

  /** As a browser gets it at the sign-in page. */
  async function browserToken(name: string): Promise<string> {
    const response = await http()
      .get('/api/auth/demo/refresh')
      .set(DEMO_USER_HEADER, `user:default/${name}`);
    expect(response.status).toBe(200);
    return response.body.backstageIdentity.token;
  }

  /** As an MCP client gets it: registered, allowed by the person, with PKCE. */
  async function oauthToken(name: string): Promise<string> {
    const client = await http()
      .post('/api/auth/v1/register')
      .send({
        client_name: 'An agent',
        redirect_uris: [CALLBACK],
      });
    expect(client.status).toBe(201);
    const verifier = randomBytes(32).toString('base64url');
    const authorize = await http()
      .get('/api/auth/v1/authorize')
      .query({
        client_id: client.body.client_id,
        redirect_uri: CALLBACK,
        response_type: 'code',
        scope: 'openid',
        state: 'x',
        code_challenge: createHash('sha256')
          .update(verifier)
          .digest('base64url'),
        code_challenge_method: 'S256',
      });
    const sessionId = authorize.headers.location.split('/').pop();
    const approved = await http()
      .post(`/api/auth/v1/sessions/${sessionId}/approve`)
      .set('Authorization', `Bearer ${await browserToken(name)}`);
    expect(approved.status).toBe(200);
    const code = new URL(approved.body.redirectUrl).searchParams.get('code');
    const token = await http().post('/api/auth/v1/token').send({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    });
    expect(token.status).toBe(200);
    return token.body.access_token;
  }

  async function mcp(token: string, method: string, params: object = {}) {
    const response = await http()
      .post('/api/mcp-actions/v1')
      .set('Authorization', `Bearer ${token}`)
      .set('Accept', 'application/json, text/event-stream')
      .send({ jsonrpc: '2.0', id: 1, method, params });
    const data = response.text.match(/^data: (.*)$/m)?.[1] ?? response.text;
    const { result, error } = JSON.parse(data);
    expect(error).toBeUndefined();
    return result;
  }

  async function call(token: string, name: string, input: object) {
    const result = await mcp(token, 'tools/call', { name, arguments: input });
    const [{ text }] = result.content;
    if (result.isError) {
      throw new Error(text);
    }
    return (
      result.structuredContent ??
      JSON.parse(text.replace(/^```json\n|\n```$/g, ''))
    );
  }

  /** A run whose approval waits for reviewers. */
  async function reviewable(): Promise<RunView> {
    const dev = withToken(await browserToken('dev'));
    const { runId } = (
      await dev.start('reviewed', {
        targetRef: 'component:default/checkout',
      })
    ).body;
    return dev.act(runId, 'write', { type: 'complete' });
  }

  const vote = (run: RunView) => ({
    type: 'vote',
    stepId: 'review',
    decision: 'approve',
    reason: 'looks right',
    taskVersion: run.steps[1].version,
  });

  it('find no action that approves, accepts or signs', async () => {
    const { tools } = await mcp(await browserToken('rev1'), 'tools/list');
    const names: string[] = tools.map((tool: { name: string }) => tool.name);
    expect(names).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/list-procedures$/),
        expect.stringMatching(/start-run$/),
        expect.stringMatching(/get-run$/),
        expect.stringMatching(/list-tasks$/),
        expect.stringMatching(/complete-task$/),
      ]),
    );
    expect(
      names.filter(name => /approv|vote|accept|sign|reject/.test(name)),
    ).toEqual([]);
  });

  it('list, start, read and work steps, and the journal says through whom', async () => {
    const token = await oauthToken('dev');
    const { tools } = await mcp(token, 'tools/list');
    const tool = (end: string) =>
      tools.find(({ name }: { name: string }) => name.endsWith(end)).name;
    const listed = await call(token, tool('list-procedures'), {
      entityRef: 'component:default/checkout',
    });
    expect(JSON.stringify(listed)).toContain('sop:default/reviewed');
    const run = await call(token, tool('start-run'), {
      sopRef: 'sop:default/reviewed',
      targetRef: 'component:default/checkout',
      requestId: 'one',
    });
    expect(run.initiator).toBe('user:default/dev');
    const after = await call(token, tool('complete-task'), {
      runId: run.runId,
      stepId: 'write',
      taskVersion: run.steps[0].version,
    });
    expect(after.steps[0].status).toBe('completed');
    const { items } = (
      await withToken(await browserToken('dev')).get(
        `/runs/${run.runId}/journal`,
      )
    ).body;
    const completed = items.find(
      (item: { type: string }) => item.type === 'step.completed',
    );
    expect(completed).toMatchObject({
      actor: 'user:default/dev',
      data: { via: 'plugin:mcp-actions' },
    });
    const view = await withToken(await browserToken('dev')).run(run.runId);
    expect(
      view.timeline.find(entry => entry.type === 'step.completed'),
    ).toMatchObject({ actor: 'user:default/dev', via: 'plugin:mcp-actions' });
  });

  it('may not complete an approval as if it were work', async () => {
    const token = await oauthToken('rev1');
    const run = await reviewable();
    await expect(
      call(token, 'sop.complete-task', {
        runId: run.runId,
        stepId: 'review',
        taskVersion: run.steps[1].version,
      }),
    ).rejects.toThrow();
    const after = await withToken(await browserToken('dev')).run(run.runId);
    expect(after.steps[1].status).toBe('ready');
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    [
      'an OAuth client on behalf of a reviewer',
      () => oauthToken('rev1'),
      /needs a token that was issued at the sign-in page/,
    ],
    [
      'a static token',
      async () => STATIC_TOKEN,
      /Only people may vote; a service token stands for nobody/,
    ],
    [
      'another plugin for itself',
      async () => {
        const { token } = await auth.getPluginRequestToken({
          onBehalfOf: await auth.getOwnServiceCredentials(),
          targetPluginId: 'sop',
        });
        return token;
      },
      /Only people may vote; a service token stands for nobody/,
    ],
    [
      'another plugin for a reviewer',
      async () => {
        const { token } = await auth.getPluginRequestToken({
          onBehalfOf: await auth.authenticate(await browserToken('rev1')),
          targetPluginId: 'sop',
        });
        return token;
      },
      /Only people may vote; here plugin:helper acts for user:default\/rev1/,
    ],
  ])('may not approve by REST with the token of %s', async (_, get, reason) => {
    const run = await reviewable();
    const response = await withToken(await get()).command(run.runId, vote(run));
    expect(response.status).toBe(403);
    expect(response.body.error.message).toMatch(reason);
    const after = await withToken(await browserToken('dev')).run(run.runId);
    expect(after.steps[1].votes ?? []).toEqual([]);
    expect(after.steps[1].status).toBe('ready');
    // The same vote counts when the person casts it in the browser.
    const own = withToken(await browserToken('rev1'));
    expect((await own.command(run.runId, vote(run))).status).toBe(200);
  });
});
