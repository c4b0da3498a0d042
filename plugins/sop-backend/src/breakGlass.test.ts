import { TestDatabases } from '@backstage/backend-test-utils';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const entities = [
  procedure('release', [
    {
      id: 'go',
      type: 'approval',
      name: 'Go',
      role: 'reviewer',
      excludedOwners: ['initiator'],
    },
    { id: 'deploy', type: 'manual', name: 'Deploy', role: 'developer' },
  ]),
];

describe.each(databases.eachSupportedId())('break-glass, %s', databaseId => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({
      entities,
      knex: await databases.init(databaseId),
    });
  });

  afterAll(() => harness.stop());

  async function start(): Promise<string> {
    const { body } = await harness.as('dev').start('release');
    expect(body.error).toBeUndefined();
    return body.runId;
  }

  const smash = (version: number) => ({
    type: 'break-glass',
    stepId: 'go',
    taskVersion: version,
    skips: ['approval'],
    reason: 'Customers cannot pay',
  });

  it('skips, records, has it reviewed by somebody else, and is listed', async () => {
    const dev = harness.as('dev');
    const runId = await start();
    const before = await dev.run(runId);
    expect(before.steps[0].breakGlass).toEqual({
      allowed: true,
      gates: ['approval'],
    });
    await dev.command(runId, smash(before.steps[0].version)).expect(200);
    await dev.act(runId, 'deploy', { type: 'complete' });
    const run = await dev.run(runId);
    expect(run).toMatchObject({
      status: 'completed',
      glass: { broken: 1, openReviews: 1 },
      brokenGlass: [
        {
          stepId: 'go',
          by: 'user:default/dev',
          skips: ['approval'],
          reason: 'Customers cannot pay',
        },
      ],
    });
    expect(harness.audits.map(one => one.event)).toContainEqual(
      expect.objectContaining({ severityLevel: 'critical' }),
    );
    expect(harness.notifications).toContainEqual(
      expect.objectContaining({
        recipients: expect.objectContaining({
          entityRef: ['group:default/leads'],
        }),
      }),
    );
    const ids = async (glass: string) =>
      (await dev.get(`/runs?glass=${glass}`)).body.items.map(
        (one: { runId: string }) => one.runId,
      );
    expect(await ids('open')).toEqual([runId]);

    const lead = harness.as('lead');
    const [task] = await lead.tasks('groups');
    expect(task).toMatchObject({ runId, stepId: 'review:1' });
    const review = {
      type: 'complete' as const,
      evidence: { justified: 'yes', finding: 'The rota was empty' },
    };
    const own = await dev.command(runId, {
      ...review,
      stepId: 'review:1',
      taskVersion: task.version,
    });
    expect(own.status).toBe(403);
    await lead.act(runId, 'review:1', review);
    const after = await lead.run(runId);
    expect(after.status).toBe('completed');
    expect(after.brokenGlass?.[0].reviewedBy).toBe('user:default/lead');
    expect(await ids('open')).toEqual([]);
    expect(await ids('broken')).toEqual([runId]);
    const { body } = await lead.post(`/runs/${runId}/verify`);
    expect(body).toMatchObject({ ok: true });
  });

  it('is refused without the permission, to services, and to others', async () => {
    const runId = await start();
    const { version } = (await harness.as('dev').run(runId)).steps[0];
    harness.denied.add('sop.run.breakglass');
    const denied = await harness.as('dev').command(runId, smash(version));
    const view = await harness.as('dev').run(runId);
    harness.denied.delete('sop.run.breakglass');
    expect(denied.status).toBe(403);
    expect(view.steps[0].breakGlass).toMatchObject({ allowed: false });
    const service = await harness.asService().command(runId, smash(version));
    expect(service.status).toBe(403);
    const other = await harness.as('op').command(runId, smash(version));
    expect(other.status).toBe(403);
    expect(other.body.error.message).toContain('may break the glass here');
    const wrong = await harness
      .as('dev')
      .command(runId, { ...smash(version), skips: ['window'] });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toContain(
      'skips: found window; allowed: approval',
    );
  });
});
