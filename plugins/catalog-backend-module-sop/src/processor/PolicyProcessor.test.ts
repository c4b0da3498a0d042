import { Entity } from '@backstage/catalog-model';
import { PolicyProcessor } from './PolicyProcessor';

const location = { type: 'url', target: 'https://example.org/a.yaml' };

function entity(kind: string, spec: Entity['spec'] = {}): Entity {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind,
    metadata: { name: 'freeze' },
    spec,
  };
}

const processor = new PolicyProcessor({
  list: async () => [
    { entityRef: 'soppolicy:default/freeze', appliesTo: () => true },
  ],
});

async function relationsOf(subject: Entity): Promise<string[]> {
  const emitted: string[] = [];
  await processor.postProcessEntity(
    subject,
    location,
    result => {
      if (result.type === 'relation') {
        const { source, type, target } = result.relation;
        emitted.push(`${source.kind} ${type} ${target.kind}/${target.name}`);
      }
    },
    { get: async () => undefined, set: async () => {} },
  );
  return emitted;
}

describe('PolicyProcessor', () => {
  it('leaves other kinds to other processors', async () => {
    await expect(processor.validateEntityKind(entity('SOP'))).resolves.toBe(
      false,
    );
  });

  it('refuses a policy with one line for each problem', async () => {
    await expect(
      processor.validateEntityKind(entity('SOPPolicy', { quorum: 1 })),
    ).rejects.toThrow(/^The policy has \d problems:\nspec\./);
  });

  it('relates a policy to its owner, and to nothing else', async () => {
    const policy = entity('SOPPolicy', { owner: 'ops', targets: {} });
    expect(await relationsOf(policy)).toEqual([
      'SOPPolicy ownedBy Group/ops',
      'Group ownerOf SOPPolicy/freeze',
    ]);
  });

  it.each(['SOP', 'SOPPolicy', 'Location', 'User', 'Group', 'Template'])(
    'governs no %s',
    async kind => {
      expect(
        (await relationsOf(entity(kind))).filter(one => one.includes('overn')),
      ).toEqual([]);
    },
  );

  it('governs what it is about', async () => {
    expect(await relationsOf(entity('Component'))).toEqual([
      'Component governedBy soppolicy/freeze',
      'soppolicy appliesTo Component/freeze',
    ]);
  });
});
