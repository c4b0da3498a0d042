import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('registered actions', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [
        procedure(
          'work',
          [
            {
              id: 'write',
              type: 'manual',
              name: 'Write it',
              role: 'developer',
              evidence: [{ id: 'note', kind: 'text', required: true }],
            },
            { id: 'ok', type: 'approval', name: 'Approve', role: 'reviewer' },
          ],
          { appliesTo: { kind: 'Component', 'spec.type': 'service' } },
        ),
      ],
      knex: await databases.init('SQLITE_3'),
      config: {
        sop: { endpoints: [{ name: 'nowhere', url: 'http://localhost:1' }] },
      },
    });
  });

  afterAll(() => harness.stop());

  async function invoke(
    name: string,
    input: JsonObject,
    credentials = mockCredentials.user('user:default/dev'),
  ) {
    const { output } = await harness.actions.invoke({
      id: `test:${name}`,
      input,
      credentials,
    });
    return output as Record<string, never>;
  }

  it('says honestly what each does', async () => {
    const { actions } = await harness.actions.list();
    const told = actions.map(({ name, attributes }) => [
      name,
      attributes.readOnly,
      attributes.idempotent,
      attributes.destructive,
    ]);
    expect(told).toEqual([
      ['gate', true, true, false],
      ['http-get', true, true, false],
      ['list-procedures', true, true, false],
      ['start-run', false, true, false],
      ['get-run', true, true, false],
      ['list-tasks', true, true, false],
      ['complete-task', false, true, false],
    ]);
  });

  it('lets an agent work, but not approve', async () => {
    const entityRef = 'component:default/checkout';
    const listed = await invoke('list-procedures', { entityRef });
    expect(listed.procedures).toEqual([
      expect.objectContaining({ sopRef: 'sop:default/work', canStart: true }),
    ]);
    const request = {
      sopRef: 'sop:default/work',
      targetRef: entityRef,
      requestId: 'r1',
    };
    const started = await invoke('start-run', request);
    expect(started).toMatchObject({
      status: 'running',
      initiator: 'user:default/dev',
    });
    expect((await invoke('start-run', request)).runId).toBe(started.runId);

    const { tasks } = await invoke('list-tasks', { scope: 'groups' });
    const [task] = tasks as Array<Record<string, string>>;
    expect(task).toMatchObject({ stepId: 'write', canAct: true });
    const work = {
      runId: started.runId,
      stepId: 'write',
      taskVersion: task.version,
      evidence: { note: 'done' },
    };
    await invoke('complete-task', work);
    // A repeat of the same call changes nothing.
    const run = await invoke('complete-task', work);
    expect(run.headline).toBe('Waiting for reviewers to approve “Approve”');
    const approve = { runId: started.runId, stepId: 'ok', taskVersion: 5 };
    await expect(invoke('complete-task', approve)).rejects.toThrow(
      /approval|moved|changed/i,
    );
    expect(await invoke('get-run', { runId: started.runId })).toMatchObject({
      version: run.version,
      status: 'running',
    });
  });

  it('refuses what the caller may not do', async () => {
    harness.denied.add('sop.run.create');
    await expect(
      invoke('start-run', { sopRef: 'sop:default/work', requestId: 'r2' }),
    ).rejects.toThrow('sop.run.create is denied');
    harness.denied.clear();
    await expect(invoke('get-run', { runId: 'none' })).rejects.toThrow(
      'no run',
    );
    await expect(invoke('list-tasks', { scope: 'all' })).rejects.toThrow(
      'Invalid input',
    );
  });

  it('reads endpoints by name only', async () => {
    await expect(
      invoke('http-get', { endpoint: 'http://localhost:1' }),
    ).rejects.toThrow('endpoint: found "http://localhost:1"; allowed: nowhere');
    await expect(invoke('http-get', { endpoint: 'nowhere' })).rejects.toThrow(
      'Endpoint "nowhere" cannot be reached',
    );
  });
});
