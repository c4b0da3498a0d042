import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { startActions } from '../__testUtils__/actions';

const BASE = 'http://localhost:7007/api/git-host';
const CONTENTS = `${BASE}/hollowbrook/demo/src/branch/main/`;
const TARGET = `${CONTENTS}catalog-info.yaml`;

const LOCATION = {
  id: 'x',
  type: 'url',
  target: TARGET,
  entityRef: 'location:default/generated-0',
};

const entity = (kind: string, name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name },
});
const ENTITIES = [
  entity('Location', 'generated-0'),
  entity('SLO', 'demo-availability'),
  entity('Component', 'demo'),
];

describe('golden-path:register', () => {
  const catalog = catalogServiceMock.mock();
  let actions: Awaited<ReturnType<typeof startActions>>;

  beforeAll(async () => {
    actions = await startActions(
      {
        integrations: {
          gitea: [{ host: 'localhost:7007', baseUrl: BASE }],
        },
      },
      [catalog.factory],
    );
  });
  afterAll(() => actions.stop());
  beforeEach(() => {
    catalog.addLocation.mockReset();
    catalog.addLocation.mockImplementation(async ({ dryRun }) => ({
      location: LOCATION,
      entities: dryRun ? ENTITIES : [],
      exists: dryRun ? false : undefined,
    }));
  });

  const run = (input = {}) =>
    actions.run('golden-path:register', {
      input: { repoContentsUrl: CONTENTS, ...input },
    });
  const calls = () =>
    catalog.addLocation.mock.calls.map(([{ target, dryRun = false }]) => [
      target,
      dryRun,
    ]);

  it('registers what the catalog could read, on behalf of who asked', async () => {
    const { output } = await run();
    expect(output).toEqual({
      catalogInfoUrl: TARGET,
      entityRef: 'component:default/demo',
    });
    expect(calls()).toEqual([
      [TARGET, true],
      [TARGET, false],
    ]);
    for (const [, options] of catalog.addLocation.mock.calls) {
      expect(options).toMatchObject({
        credentials: { principal: { type: 'user' } },
      });
    }
  });

  it('takes a path with a slash in front without leaving the branch', async () => {
    const { output } = await run({ catalogInfoPath: '/catalog-info.yaml' });
    expect(output.catalogInfoUrl).toBe(TARGET);
  });

  it('changes nothing the second time', async () => {
    catalog.addLocation.mockResolvedValue({
      location: LOCATION,
      entities: ENTITIES,
      exists: true,
    });
    const { output } = await run();
    expect(output.entityRef).toBe('component:default/demo');
    expect(calls()).toEqual([[TARGET, true]]);
  });

  const unread = async () => {
    throw new Error('the SLO document has 1 problem');
  };
  const empty = async () => ({
    location: LOCATION,
    entities: [],
  });

  it.each([
    ['what it reads is refused', unread, /SLO document has 1 problem/],
    ['there is nothing in it', empty, /it names no entity/],
  ])('registers nothing when %s', async (_, answer, reason) => {
    catalog.addLocation.mockImplementation(answer);
    await expect(run()).rejects.toThrow(reason);
    expect(calls()).toEqual([[TARGET, true]]);
  });

  it('says what is left and how to go on when the catalog refuses', async () => {
    catalog.addLocation.mockImplementation(async ({ dryRun }) => {
      if (dryRun) {
        return {
          location: LOCATION,
          entities: ENTITIES,
          exists: false,
        };
      }
      throw new NotAllowedError('not allowed to register');
    });
    const error: Error = await run().then(
      () => {
        throw new Error('it registered');
      },
      refused => refused,
    );
    expect(error.message.split('\n')).toEqual([
      expect.stringContaining(`${TARGET}: not allowed to register`),
      expect.stringContaining(`the repository ${CONTENTS}`),
      expect.stringContaining(`register ${TARGET}`),
      expect.stringContaining('delete the repository'),
    ]);
  });

  it('refuses a host that is not known before it asks the catalog', async () => {
    await expect(
      run({ repoContentsUrl: 'https://elsewhere.example.com/a/b' }),
    ).rejects.toThrow(
      /repoContentsUrl: found "https:\/\/elsewhere.*allowed: a URL of a host/,
    );
    expect(calls()).toEqual([]);
  });
});
