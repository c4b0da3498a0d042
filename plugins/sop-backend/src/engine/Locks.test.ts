import { TestDatabases } from '@backstage/backend-test-utils';
import { SopStep } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const deploy: SopStep = {
  id: 'deploy',
  type: 'manual',
  name: 'Deploy',
  role: 'developer',
  lock: 'production:${{ target.name }}',
};
const entities = [
  procedure('release', [deploy]),
  procedure('migrate', [{ ...deploy, id: 'migrate' } as SopStep]),
];

describe.each(databases.eachSupportedId())('locks, %s', databaseId => {
  let harness: Harness;
  const targetRef = 'component:default/checkout';

  beforeAll(async () => {
    harness = await startHarness({
      entities,
      knex: await databases.init(databaseId),
    });
  });

  afterAll(() => harness.stop());

  const start = async (sop: string) => {
    const { body } = await harness.as('dev').start(sop, { targetRef });
    expect(body.error).toBeUndefined();
    return body.runId as string;
  };
  const until = (runId: string, status: string) =>
    harness.as('dev').until(runId, run => run.steps[0].status === status);

  it('lets one step of all runs in, in the order in which they came, and shows the queue', async () => {
    const dev = harness.as('dev');
    const first = await start('release');
    await until(first, 'ready');
    const second = await start('migrate');
    const third = await start('release');
    const blocked = await until(second, 'blocked');
    expect(blocked.headline).toContain('production:checkout');
    expect(blocked.steps[0].lock).toMatchObject({
      key: 'production:checkout',
      holder: { runId: first },
      ahead: 1,
    });
    expect((await dev.run(third)).steps[0].lock).toMatchObject({ ahead: 2 });
    const { body } = await dev.get('/locks');
    expect(body.items).toMatchObject([
      {
        key: 'production:checkout',
        holder: { runId: first, stepId: 'deploy' },
        waiting: [
          { runId: second, stepId: 'migrate' },
          { runId: third, stepId: 'deploy' },
        ],
      },
    ]);

    await dev.act(first, 'deploy', { type: 'complete' });
    await until(second, 'ready');
    expect((await dev.run(third)).steps[0].status).toBe('blocked');
    await dev.command(second, { type: 'cancel', reason: 'not needed' });
    await until(third, 'ready');
    await dev.act(third, 'deploy', { type: 'complete' });
    expect((await dev.get('/locks')).body.items).toEqual([]);
  });

  it('forgets who stops waiting', async () => {
    const dev = harness.as('dev');
    const [first, second, third] = [
      await start('release'),
      await start('release'),
      await start('release'),
    ];
    await until(first, 'ready');
    await dev.command(second, { type: 'cancel', reason: 'changed my mind' });
    await dev.act(first, 'deploy', { type: 'complete' });
    const view = await until(third, 'ready');
    expect(view.steps[0].lock?.acquiredAt).toBeDefined();
    await dev.command(third, { type: 'cancel', reason: 'done' });
  });

  it('shows locks only to people who may see runs', async () => {
    harness.denied.add('sop.run.read');
    const refused = await harness.as('dev').get('/locks');
    harness.denied.delete('sop.run.read');
    expect(refused.status).toBe(403);
  });
});
