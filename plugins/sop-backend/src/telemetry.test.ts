import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  actionsRegistryServiceMock,
  metricsServiceMock,
  tracingServiceMock,
} from '@backstage/backend-test-utils/alpha';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

type Measurement = [value: number, attributes?: Record<string, unknown>];

/** Instruments that keep what they are told. */
function recorder() {
  const seen: Record<string, Measurement[]> = {};
  const gauges: Record<string, () => Promise<number>> = {};
  const instrument = (method: 'add' | 'record') => (name: string) => {
    seen[name] = [];
    return {
      [method]: (...measurement: Measurement) => {
        seen[name].push(measurement);
      },
    } as any;
  };
  const metrics = metricsServiceMock.mock({
    createCounter: instrument('add'),
    createHistogram: instrument('record'),
    createObservableGauge: (name: string) =>
      ({
        addCallback: (callback: (result: object) => Promise<void>) => {
          gauges[name] = async () => {
            let value = NaN;
            await callback({
              observe: (one: number) => {
                value = one;
              },
            });
            return value;
          };
        },
      } as any),
  });
  return { metrics, seen, gauges };
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('telemetry on %p', id => {
  const { metrics, seen, gauges } = recorder();
  const tracing = tracingServiceMock.mock();
  let harness: Harness;

  beforeAll(async () => {
    const actions = actionsRegistryServiceMock();
    actions.register({
      name: 'deploy',
      title: 'Deploy',
      description: 'Deploys',
      schema: { input: z => z.object({}), output: z => z.object({}) },
      action: async () => ({ output: {} }),
    });
    harness = await startHarness({
      entities: [
        procedure('timed', [
          { id: 'write', type: 'manual', name: 'Write', role: 'developer' },
          { id: 'deploy', type: 'action', name: 'Go', action: 'test:deploy' },
          { id: 'soak', type: 'wait', name: 'Soak', duration: 'PT0.1S' },
        ]),
      ],
      knex: await databases.init(id),
      actions,
      features: [
        createServiceFactory({
          service: metricsServiceRef,
          deps: {},
          factory: () => metrics,
        }),
        createServiceFactory({
          service: tracingServiceRef,
          deps: {},
          factory: () => tracing,
        }),
      ],
    });
  });

  afterAll(() => harness.stop());

  it('counts runs, commands, waiting and lateness', async () => {
    const dev = harness.as('dev');
    const { runId } = (await dev.start('timed')).body;
    expect(await gauges['sop.tasks.open']()).toBe(1);
    expect((await dev.start('gone')).status).toBe(404);
    await dev.act(runId, 'write', { type: 'complete' });
    await dev.until(runId, run => run.status === 'completed');
    expect(await gauges['sop.tasks.open']()).toBe(0);
    expect(await gauges['sop.worker.queue']()).toBe(0);
    const sop = 'sop:default/timed';
    expect(seen['sop.runs.started']).toEqual([[1, { sop }]]);
    expect(seen['sop.runs.closed']).toEqual([
      [1, { sop, outcome: 'completed' }],
    ]);
    expect(seen['sop.commands']).toEqual([
      [1, { type: 'start', outcome: 'success' }],
      [1, { type: 'start', outcome: 'NotFoundError' }],
      [1, { type: 'complete', outcome: 'success' }],
    ]);
    expect(seen['sop.task.duration']).toEqual([
      [expect.any(Number), { sop, type: 'manual' }],
    ]);
    expect(seen['sop.timer.lateness']).toHaveLength(1);
    expect(seen['sop.timer.lateness'][0][0]).toBeGreaterThanOrEqual(0);
  });

  it('puts spans around commands and calls of actions', () => {
    const names = (tracing.startActiveSpan as jest.Mock).mock.calls.map(
      ([name]) => name,
    );
    expect(names.filter(name => name === 'sop.command')).toHaveLength(3);
    expect(names.filter(name => name === 'sop.action')).toHaveLength(1);
  });
});
