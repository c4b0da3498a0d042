import { TestDatabases } from '@backstage/backend-test-utils';
import { SopCloudEvent, SopSpec } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

const steps: SopSpec['steps'] = [
  { id: 'write', type: 'manual', name: 'Write', role: 'developer' },
];

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('the event feed on %p', id => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [procedure('plain', steps)],
      knex: await databases.init(id),
    });
  });

  afterAll(() => harness.stop());

  async function read(after?: string, limit = 1000) {
    const query = new URLSearchParams({
      ...(after ? { after } : {}),
      limit: String(limit),
    });
    const response = await harness.asService().get(`/events?${query}`);
    expect(response.status).toBe(200);
    return response.body as { items: SopCloudEvent[]; cursor?: string };
  }

  it('begins with nothing', async () => {
    expect(await read()).toEqual({ items: [] });
  });

  it('tells what happened in CloudEvents without what people wrote', async () => {
    const { runId } = (await harness.as('dev').start('plain')).body;
    await harness.as('dev').act(runId, 'write', {
      type: 'complete',
      comment: 'a secret',
    });
    const { items } = await read();
    expect(items.map(item => item.type)).toEqual([
      'dev.handrail.sop.run.started.v1',
      'dev.handrail.sop.task.created.v1',
      'dev.handrail.sop.task.completed.v1',
      'dev.handrail.sop.run.completed.v1',
    ]);
    expect(items[2]).toEqual({
      specversion: '1.0',
      id: `${runId}/3`,
      source: '/api/sop',
      type: 'dev.handrail.sop.task.completed.v1',
      subject: runId,
      time: expect.stringMatching(/Z$/),
      datacontenttype: 'application/json',
      partitionkey: runId,
      sequence: '000000003',
      data: {
        runId,
        seq: 3,
        event: 'step.completed',
        sopRef: 'sop:default/plain',
        initiator: 'user:default/dev',
        actor: 'user:default/dev',
        stepId: 'write',
      },
    });
    expect(JSON.stringify(items)).not.toContain('a secret');
  });

  it('misses nothing while many write', async () => {
    let { cursor } = await read();
    const runs = new Set<string>();
    let writing = true;
    const writers = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let i = 0; i < 5; i++) {
          const { body } = await harness.as('dev').start('plain');
          runs.add(body.runId);
        }
      }),
    ).finally(() => {
      writing = false;
    });
    const seen: string[] = [];
    do {
      const page = await read(cursor, 7);
      seen.push(...page.items.map(item => item.id));
      cursor = page.cursor;
    } while (writing);
    await writers;
    for (;;) {
      const page = await read(cursor, 7);
      seen.push(...page.items.map(item => item.id));
      cursor = page.cursor;
      if (page.items.length === 0) {
        break;
      }
    }
    const expected = [...runs].flatMap(runId => [`${runId}/1`, `${runId}/2`]);
    expect([...seen].sort()).toEqual(expected.sort());
  });

  it('needs its permission and a cursor of its own', async () => {
    expect((await harness.as('dev').get('/events')).status).toBe(200);
    expect((await harness.asNobody().get('/events')).status).toBe(401);
    harness.denied.add('sop.event.read');
    const denied = await harness.as('dev').get('/events');
    harness.denied.clear();
    expect(denied.status).toBe(403);
    expect(denied.body.error.message).toContain('sop.event.read is denied');
    const bad = await harness.asService().get('/events?after=yesterday');
    expect(bad.status).toBe(400);
    expect(bad.body.error.message).toContain('cursor is "yesterday"');
    expect((await harness.asService().get('/events?limit=0')).status).toBe(400);
  });
});
