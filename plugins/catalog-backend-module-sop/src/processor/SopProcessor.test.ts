import { Entity } from '@backstage/catalog-model';
import { JsonValue } from '@backstage/types';
import { CatalogProcessorCache } from '@backstage/plugin-catalog-node';
import { GoverningSop } from './CachedSopSource';
import { SopProcessor } from './SopProcessor';

const location = { type: 'url', target: 'https://example.org/a.yaml' };

function memoryCache(): CatalogProcessorCache {
  const values = new Map<string, JsonValue>();
  return {
    get: async <T extends JsonValue>(key: string) =>
      values.get(key) as T | undefined,
    set: async (key, value) => {
      values.set(key, value);
    },
  };
}

function entity(kind: string, spec: Entity['spec'] = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'shop' },
    spec,
  };
}

const release: GoverningSop = {
  entityRef: 'sop:default/release',
  appliesTo: one => one.spec?.lifecycle === 'production',
};

async function relationsOf(
  processor: SopProcessor,
  subject: Entity,
  cache = memoryCache(),
): Promise<string[]> {
  const emitted: string[] = [];
  await processor.postProcessEntity(
    subject,
    location,
    result => {
      if (result.type === 'relation') {
        const { source, type, target } = result.relation;
        emitted.push(
          `${source.kind}/${source.name} ${type} ${target.kind}/${target.name}`,
        );
      }
    },
    cache,
  );
  return emitted;
}

describe('SopProcessor', () => {
  it('leaves other kinds to other processors', async () => {
    const processor = new SopProcessor({ list: async () => [] });
    await expect(
      processor.validateEntityKind(entity('Component')),
    ).resolves.toBe(false);
  });

  it('names every problem with path, value and what is allowed', async () => {
    const processor = new SopProcessor({ list: async () => [] });
    await expect(
      processor.validateEntityKind({
        ...entity('SOP', { type: 'x', owner: 'ops', steps: [] }),
        apiVersion: 'handrail.dev/v2',
      }),
    ).rejects.toThrow(
      [
        'The procedure has 3 problems:',
        'apiVersion: found "handrail.dev/v2"; allowed: handrail.dev/v1alpha1 (is not allowed)',
        'spec.lifecycle: found nothing; allowed: draft, in-review, effective, superseded, retired (is required)',
        'spec.steps: found a list of 0; allowed: at least 1 (is too short)',
      ].join('\n'),
    );
  });

  it('relates a procedure to its owner and system', async () => {
    const processor = new SopProcessor({ list: async () => [release] });
    await expect(
      relationsOf(processor, entity('SOP', { owner: 'ops', system: 'portal' })),
    ).resolves.toEqual([
      'SOP/shop ownedBy Group/ops',
      'Group/ops ownerOf SOP/shop',
      'SOP/shop partOf System/portal',
      'System/portal hasPart SOP/shop',
    ]);
  });

  it.each([
    ['Component', { lifecycle: 'production' }, true],
    ['Component', { lifecycle: 'experimental' }, false],
    ['Template', { lifecycle: 'production' }, false],
    ['Group', { lifecycle: 'production' }, false],
    ['User', { lifecycle: 'production' }, false],
    ['Location', { lifecycle: 'production' }, false],
  ])('%s %p: governed %s', async (kind, spec, governed) => {
    const processor = new SopProcessor({ list: async () => [release] });
    await expect(relationsOf(processor, entity(kind, spec))).resolves.toEqual(
      governed
        ? [
            `${kind}/shop governedBy sop/release`,
            `sop/release appliesTo ${kind}/shop`,
          ]
        : [],
    );
  });

  it('keeps relations while the procedures are not known', async () => {
    const cache = memoryCache();
    const shop = entity('Component', { lifecycle: 'production' });
    const before = await relationsOf(
      new SopProcessor({ list: async () => [release] }),
      shop,
      cache,
    );
    const silent = new SopProcessor({ list: async () => undefined });
    await expect(relationsOf(silent, shop, cache)).resolves.toEqual(before);
    await expect(relationsOf(silent, shop)).resolves.toEqual([]);
  });

  it('drops relations when no procedure governs any more', async () => {
    const cache = memoryCache();
    const shop = entity('Component', { lifecycle: 'production' });
    await relationsOf(
      new SopProcessor({ list: async () => [release] }),
      shop,
      cache,
    );
    await relationsOf(new SopProcessor({ list: async () => [] }), shop, cache);
    await expect(
      relationsOf(
        new SopProcessor({ list: async () => undefined }),
        shop,
        cache,
      ),
    ).resolves.toEqual([]);
  });
});
