import { Entity } from '@backstage/catalog-model';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { CachedSopSource, SOP_CACHE_MS } from './CachedSopSource';

function sop(name: string, spec: Entity['spec']): Entity {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOP',
    metadata: { name },
    spec,
  };
}

const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
  spec: { lifecycle: 'production' },
};

describe('CachedSopSource', () => {
  const getEntities = jest.fn();
  const logger = mockServices.logger.mock();
  let now = 0;

  const create = () =>
    new CachedSopSource({
      auth: mockServices.auth(),
      catalog: { getEntities },
      logger,
      now: () => now,
    });

  beforeEach(() => {
    jest.resetAllMocks();
    now = 0;
  });

  it('asks with its own credentials for no more than it needs', async () => {
    getEntities.mockResolvedValue({ items: [] });
    await create().list();
    expect(getEntities).toHaveBeenCalledWith(
      {
        filter: { kind: 'SOP' },
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'spec.lifecycle',
          'spec.appliesTo',
        ],
      },
      { credentials: mockCredentials.service('plugin:test') },
    );
  });

  it('leaves out what is no longer followed and what names no entities', async () => {
    const appliesTo = { kind: 'Component' };
    getEntities.mockResolvedValue({
      items: [
        sop('draft', { lifecycle: 'draft', appliesTo }),
        sop('effective', { lifecycle: 'effective', appliesTo }),
        sop('superseded', { lifecycle: 'superseded', appliesTo }),
        sop('retired', { lifecycle: 'retired', appliesTo }),
        sop('general', { lifecycle: 'effective' }),
      ],
    });
    const sops = await create().list();
    expect(sops?.map(({ entityRef }) => entityRef)).toEqual([
      'sop:default/draft',
      'sop:default/effective',
    ]);
    expect(sops?.every(one => one.appliesTo(component))).toBe(true);
  });

  it('says which predicate cannot be read and keeps the rest', async () => {
    getEntities.mockResolvedValue({
      items: [
        sop('bad', { appliesTo: { kind: { $in: 'API' } } }),
        sop('good', { appliesTo: { kind: 'Component' } }),
      ],
    });
    const sops = await create().list();
    expect(sops?.map(({ entityRef }) => entityRef)).toEqual([
      'sop:default/good',
    ]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(
        /^sop:default\/bad governs nothing, its appliesTo cannot be read:/,
      ),
    );
  });

  it('asks once for many and again when the answer is old', async () => {
    getEntities.mockResolvedValue({ items: [] });
    const source = create();
    await Promise.all([source.list(), source.list(), source.list()]);
    now = SOP_CACHE_MS - 1;
    await source.list();
    expect(getEntities).toHaveBeenCalledTimes(1);
    now = SOP_CACHE_MS;
    await source.list();
    expect(getEntities).toHaveBeenCalledTimes(2);
  });

  it('does not know at first when the catalog is silent, and asks again', async () => {
    getEntities.mockRejectedValueOnce(new Error('connection refused'));
    const source = create();
    await expect(source.list()).resolves.toBeUndefined();
    getEntities.mockResolvedValueOnce({
      items: [sop('release', { appliesTo: { kind: 'Component' } })],
    });
    await expect(source.list()).resolves.toHaveLength(1);
  });

  it('keeps its last answer while the catalog is silent', async () => {
    getEntities.mockResolvedValueOnce({
      items: [sop('release', { appliesTo: { kind: 'Component' } })],
    });
    const source = create();
    await source.list();
    now = SOP_CACHE_MS;
    getEntities.mockRejectedValueOnce(new Error('connection refused'));
    await expect(source.list()).resolves.toHaveLength(1);
  });
});
