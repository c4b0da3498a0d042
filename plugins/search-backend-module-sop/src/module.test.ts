import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { RunSummary } from '@handrail/plugin-sop-common';
import { ProcedureCollatorFactory } from './ProcedureCollatorFactory';
import { RunCollatorFactory } from './RunCollatorFactory';

const procedure = {
  apiVersion: 'handrail.dev/v1alpha1',
  kind: 'SOP',
  metadata: {
    name: 'rotate',
    namespace: 'ops',
    title: 'Rotate a certificate',
    description: 'Before it expires',
  },
  spec: {
    type: 'maintenance',
    owner: 'group:default/ops',
    lifecycle: 'effective',
    document: { number: 'SOP-7', revision: '1' },
    steps: [
      {
        id: 'both',
        type: 'parallel',
        name: 'Both',
        branches: [
          {
            steps: [
              {
                id: 'a',
                type: 'manual',
                name: 'Renew',
                role: 'initiator',
                instructions: 'Ask the authority',
              },
            ],
          },
        ],
      },
      {
        id: 'which',
        type: 'switch',
        name: 'Which',
        cases: [
          {
            if: 'true',
            steps: [{ id: 'w', type: 'wait', name: 'Wait', duration: 'PT1H' }],
          },
        ],
        default: {
          steps: [{ id: 'd', type: 'wait', name: 'Other', duration: 'PT1H' }],
        },
      },
    ],
  },
} as unknown as Entity;

const run = (n: number): RunSummary => ({
  runId: `run-${n}`,
  sopRef: 'sop:ops/rotate',
  sopTitle: 'Rotate a certificate',
  title: `Rotate ${n}`,
  status: 'running',
  targetRef: 'component:default/shop',
  initiator: 'user:default/ana',
  startedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  done: 1,
  total: 4,
  waiting: [],
  headline: 'Waiting for Ana',
});

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of stream) {
    found.push(one);
  }
  return found;
}

describe('the collators', () => {
  it('index procedures with what their steps say, for those who see the entity', async () => {
    const factory = new ProcedureCollatorFactory({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({
        entities: [
          procedure,
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'shop' },
          },
        ],
      }),
    });
    expect(factory.visibilityPermission.name).toBe('catalog.entity.read');
    const documents = await all(await factory.getCollator());
    expect(documents).toEqual([
      {
        title: 'Rotate a certificate',
        text: 'Before it expires\nSOP-7\nBoth\nRenew\nAsk the authority\nWhich\nWait\nOther',
        location: '/catalog/ops/sop/rotate',
        number: 'SOP-7',
        lifecycle: 'effective',
        owner: 'group:default/ops',
        authorization: { resourceRef: 'sop:ops/rotate' },
      },
    ]);
  });

  it('index all pages of runs, for those who see the run', async () => {
    const listRuns = jest.fn(async ({ cursor }: { cursor?: string }) =>
      cursor
        ? { items: [run(3)] }
        : { items: [run(1), run(2)], nextCursor: 'more' },
    );
    const factory = new RunCollatorFactory({
      auth: mockServices.auth(),
      sops: { listRuns },
    });
    expect(factory.visibilityPermission).toMatchObject({
      name: 'sop.run.read',
      resourceType: 'sop-run',
    });
    const documents = await all(await factory.getCollator());
    expect(documents.map(one => one.authorization)).toEqual([
      { resourceRef: 'run-1' },
      { resourceRef: 'run-2' },
      { resourceRef: 'run-3' },
    ]);
    expect(documents[0]).toMatchObject({
      title: 'Rotate 1',
      location: '/sops/runs/run-1',
      status: 'running',
    });
  });
});
