import { Entity } from '@backstage/catalog-model';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import demoModule, {
  DEMO_USER_HEADER,
  INTERACTIVE_SIGN_IN_CLAIM,
} from './index';

function user(name: string, groups: string[], rest: Partial<Entity> = {}) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { namespace: 'default', name, ...rest.metadata },
    spec: { memberOf: groups, ...rest.spec },
    relations: groups.map(ref => ({
      type: 'memberOf',
      targetRef: `group:default/${ref}`,
    })),
  } as Entity;
}

function group(name: string, parent?: string, displayName?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { namespace: 'default', name },
    spec: { type: 'team', children: [], profile: { displayName } },
    relations: parent
      ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
      : [],
  };
}

const entities = [
  group('company', undefined, 'The company'),
  group('engineering', 'company'),
  group('payments', 'engineering', 'Payments'),
  group('qa', 'company', 'Quality'),
  // Two groups above each other: bad data that must not hang the sign-in.
  group('chicken', 'egg'),
  group('egg', 'chicken'),
  user('ana', ['qa', 'payments'], {
    metadata: {
      name: 'ana',
      description: 'Test engineer',
      annotations: { 'handrail.dev/team': 'payments' },
    },
    spec: {
      memberOf: ['qa', 'payments'],
      profile: {
        displayName: 'Ana Maria Duarte',
        email: 'ana@example.org',
        picture: 'https://example.org/ana.png',
      },
    },
  }),
  user('bo', ['chicken']),
  user('cy', ['gone']),
];

async function start(providers: object | null = { demo: {} }) {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      demoModule,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: { environment: 'development', providers },
        },
      }),
    ],
  });
  return server;
}

function claimsOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
}

describe('authModuleDemo', () => {
  const { NODE_ENV } = process.env;

  afterEach(() => {
    Object.assign(process.env, { NODE_ENV });
  });

  it('signs a person in with their groups and all groups above', async () => {
    const res = await request(await start())
      .get('/api/auth/demo/refresh')
      .set(DEMO_USER_HEADER, 'user:default/ana');

    expect(res.status).toBe(200);
    expect(res.body.profile).toEqual({
      displayName: 'Ana Maria Duarte',
      email: 'ana@example.org',
      picture: 'https://example.org/ana.png',
    });
    expect(res.body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/ana',
      ownershipEntityRefs: [
        'user:default/ana',
        'group:default/qa',
        'group:default/payments',
        'group:default/company',
        'group:default/engineering',
      ],
    });
  });

  it('marks the token as asked for by a person', async () => {
    const { body } = await request(await start())
      .get('/api/auth/demo/refresh')
      .set(DEMO_USER_HEADER, 'ana');

    expect(claimsOf(body.backstageIdentity.token)).toMatchObject({
      sub: 'user:default/ana',
      [INTERACTIVE_SIGN_IN_CLAIM]: true,
    });
  });

  it('survives groups in a cycle and groups that do not exist', async () => {
    const server = await start();
    const refsOf = async (name: string) =>
      (
        await request(server)
          .get('/api/auth/demo/refresh')
          .set(DEMO_USER_HEADER, name)
      ).body.backstageIdentity.identity.ownershipEntityRefs;

    await expect(refsOf('bo')).resolves.toEqual([
      'user:default/bo',
      'group:default/chicken',
      'group:default/egg',
    ]);
    await expect(refsOf('cy')).resolves.toEqual([
      'user:default/cy',
      'group:default/gone',
    ]);
  });

  it.each([
    [
      'user:default/nobody',
      404,
      'There is no person "user:default/nobody" in the catalog; choose one',
    ],
    [
      'group:default/qa',
      400,
      `"${DEMO_USER_HEADER}" names the group "group:default/qa"; only a user`,
    ],
    [
      'user:default/',
      400,
      `"${DEMO_USER_HEADER}" is "user:default/"; it must hold`,
    ],
    [
      undefined,
      401,
      `"${DEMO_USER_HEADER}" is missing; it must hold the entity ref of a user`,
    ],
  ])('refuses to sign in %s', async (ref, status, message) => {
    const req = request(await start()).get('/api/auth/demo/refresh');
    const res = await (ref ? req.set(DEMO_USER_HEADER, ref) : req);

    expect(res.status).toBe(status);
    expect(res.body.error.message).toContain(message);
    expect(res.body.backstageIdentity).toBeUndefined();
  });

  it('lists the people without a sign-in, by name, own team first', async () => {
    const res = await request(await start()).get('/api/auth/demo/people');

    expect(res.status).toBe(200);
    expect(res.body.items).toEqual([
      {
        entityRef: 'user:default/ana',
        name: 'Ana Maria Duarte',
        title: 'Test engineer',
        initials: 'AD',
        picture: 'https://example.org/ana.png',
        groups: [
          { entityRef: 'group:default/payments', title: 'Payments' },
          { entityRef: 'group:default/qa', title: 'Quality' },
        ],
      },
      {
        entityRef: 'user:default/bo',
        name: 'bo',
        initials: 'B',
        groups: [{ entityRef: 'group:default/chicken', title: 'chicken' }],
      },
      {
        entityRef: 'user:default/cy',
        name: 'cy',
        initials: 'C',
        groups: [],
      },
    ]);
  });

  it.each([[{}], [{ demo: null }]])(
    'offers nothing when it is not configured: %j',
    async providers => {
      const server = await start(providers);
      const people = await request(server).get('/api/auth/demo/people');
      const signIn = await request(server)
        .get('/api/auth/demo/refresh')
        .set(DEMO_USER_HEADER, 'ana');

      expect([people.status, signIn.status]).toEqual([404, 404]);
    },
  );

  it('stops the start in production, and says why', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });

    await expect(start()).rejects.toThrow(
      'auth.providers.demo is configured and NODE_ENV is "production". Demo sign-in lets anybody act as anybody',
    );
  });

  it('does not get in the way in production when it is not configured', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });

    const res = await request(await start({ demo: null })).get(
      '/api/auth/demo/people',
    );
    expect(res.status).toBe(404);
  });
});
