import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { CompliancePage, SopSpec, ToilItem } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

const steps: SopSpec['steps'] = [
  { id: 'look', type: 'manual', name: 'Look', role: 'developer' },
  { id: 'skip', type: 'manual', name: 'Skip', role: 'developer', if: 'false' },
  { id: 'sign', type: 'manual', name: 'Sign', role: 'developer' },
];
const review = procedure('review', steps, {
  appliesTo: { kind: 'Component', 'spec.type': 'service' },
  compliance: { every: 'P3M' },
});
const free = procedure('free', steps, { appliesTo: { kind: 'Component' } });
const bad = procedure('bad', steps, { compliance: { every: 'P3M' } });
const service = (name: string, owner = 'developers'): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner },
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});
const DAY = 86_400_000;

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('insight on %p', id => {
  let harness: Harness;
  let knex: Awaited<ReturnType<typeof databases.init>>;

  beforeAll(async () => {
    knex = await databases.init(id);
    harness = await startHarness({
      entities: [
        review,
        free,
        bad,
        service('ledger'),
        service('search', 'operators'),
      ],
      knex,
    });
  });

  afterAll(() => harness.stop());

  async function get<T>(path: string): Promise<T> {
    const response = await harness.as('dev').get(path);
    expect(response.body).not.toHaveProperty('error');
    return response.body;
  }

  async function complete(sop: string, target: string): Promise<string> {
    const dev = harness.as('dev');
    const { body } = await dev.start(sop, {
      targetRef: `component:default/${target}`,
    });
    expect(body).not.toHaveProperty('error');
    const { runId } = body;
    await dev.act(runId, 'look', { type: 'claim' });
    await dev.act(runId, 'look', { type: 'complete' });
    await dev.act(runId, 'sign', { type: 'complete' });
    return runId;
  }

  const summary = async (query = '') => {
    const page = await get<CompliancePage>(`/insight/compliance${query}`);
    return page.items.map(row => `${row.entityRef.split('/')[1]} ${row.state}`);
  };

  /** The projection follows behind. */
  async function until<T>(read: () => Promise<T>, ok: (value: T) => boolean) {
    for (let i = 0; ; i++) {
      const value = await read();
      if (ok(value) || i > 200) {
        return value;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  it('begins with everything missing; who owes nothing is not listed', async () => {
    const page = await get<CompliancePage>('/insight/compliance');
    expect(page).toMatchObject({
      totals: { missing: 3, overdue: 0, 'due-soon': 0, met: 0 },
      truncated: false,
    });
    expect(page.items[1]).toEqual({
      entityRef: 'component:default/ledger',
      title: 'ledger',
      ownerRef: 'group:default/developers',
      sopRef: 'sop:default/review',
      sopTitle: 'Procedure review',
      every: 'P3M',
      openRuns: 0,
      state: 'missing',
    });
  });

  it('counts completed runs for as long as they are young enough', async () => {
    const runId = await complete('review', 'ledger');
    expect(await summary('?entityRef=component%3Adefault%2Fledger')).toEqual([
      'ledger met',
    ]);
    const age = async (days: number) =>
      knex('run')
        .where({ run_id: runId })
        .update({ closed_at: new Date(Date.now() - days * DAY).toISOString() });
    await age(87);
    expect(await summary()).toEqual([
      'checkout missing',
      'search missing',
      'ledger due-soon',
    ]);
    await age(100);
    const page = await get<CompliancePage>('/insight/compliance?state=overdue');
    expect(page.totals).toEqual({
      missing: 2,
      overdue: 1,
      'due-soon': 0,
      met: 0,
    });
    expect(page.items).toHaveLength(1);
    expect(page.items[0].lateMs! / DAY).toBeGreaterThan(7);
    await age(0);
  });

  it('does not count rehearsals, and tells of open runs', async () => {
    const runId = await complete('review', 'search');
    await knex('run').where({ run_id: runId }).update({ mode: 'rehearsal' });
    await harness
      .as('dev')
      .start('review', { targetRef: 'component:default/checkout' });
    const page = await get<CompliancePage>(
      '/insight/compliance?state=missing&sopRef=sop%3Adefault%2Freview',
    );
    expect(
      page.items.map(({ entityRef, openRuns }) => [entityRef, openRuns]),
    ).toEqual([
      ['component:default/checkout', 1],
      ['component:default/search', 0],
    ]);
    await knex('run').where({ run_id: runId }).update({ mode: null });
  });

  it('filters by owner and gives pages', async () => {
    expect(await summary('?ownerRef=group%3Adefault%2Foperators')).toEqual([
      'search met',
    ]);
    const first = await get<CompliancePage>('/insight/compliance?limit=2');
    expect(first.items).toHaveLength(2);
    const rest = await get<CompliancePage>(
      `/insight/compliance?limit=2&cursor=${first.nextCursor}`,
    );
    expect(rest.items).toHaveLength(1);
    expect(rest.nextCursor).toBeUndefined();
  });

  it('tells one entity in numbers', async () => {
    expect(
      await get('/facts?entityRef=component%3Adefault%2Fcheckout'),
    ).toMatchObject({
      entityRef: 'component:default/checkout',
      facts: {
        requiredProcedures: 1,
        metProcedures: 0,
        missingProcedures: 1,
        compliant: false,
        openRequiredRuns: 1,
        daysOverdue: 0,
      },
    });
    expect(
      await get('/facts?entityRef=component%3Adefault%2Fledger'),
    ).toMatchObject({ facts: { metProcedures: 1, compliant: true } });
    // Owes nothing.
    expect(
      await get('/facts?entityRef=component%3Adefault%2Fshop'),
    ).toMatchObject({ facts: { requiredProcedures: 0, compliant: true } });
  });

  it('measures steps, skipped ones too, by team where asked', async () => {
    const read = () =>
      get<{ items: any[] }>(
        '/insight/steps?sopRef=sop%3Adefault%2Freview&byTeam=true',
      );
    const { items } = await until(
      read,
      page => page.items.filter(step => step.stepId === 'sign').length === 2,
    );
    const of = (stepId: string, team: string) =>
      items.find(
        step => step.stepId === stepId && step.team === `group:default/${team}`,
      );
    expect(of('skip', 'developers')).toMatchObject({
      skipped: 1,
      completed: 0,
    });
    expect(of('look', 'operators')).toMatchObject({
      completed: 1,
      medianMs: expect.any(Number),
      medianActiveMs: expect.any(Number),
    });
    // Nobody claimed it: how long the work took is not known.
    expect(of('sign', 'operators').medianActiveMs).toBeUndefined();
  });

  it('ranks manual steps and tells what automating one has saved', async () => {
    await until(
      () => get<{ items: ToilItem[] }>('/insight/toil?days=30'),
      page => page.items.some(item => item.stepId === 'sign'),
    );
    // Ten times half an hour by hand, then five times by an action.
    const row = {
      sop_ref: 'sop:default/release',
      sop_title: 'Release',
      step_id: 'tag',
      step_name: 'Tag',
      team: 'group:default/developers',
      rehearsal: false,
      outcome: 'completed',
      attempt: 1,
      last_seq: 5,
    };
    const at = Date.now() - DAY;
    await knex('insight_step').insert([
      ...Array.from({ length: 10 }, (_, i) => ({
        ...row,
        run_id: `manual-${i}`,
        step_type: 'manual',
        started_ms: at,
        ended_ms: at + 3_600_000,
        total_ms: 3_600_000,
        active_ms: (20 + 2 * i) * 60_000,
      })),
      ...Array.from({ length: 5 }, (_, i) => ({
        ...row,
        run_id: `action-${i}`,
        step_type: 'action',
        started_ms: at,
        ended_ms: at + 4000,
        total_ms: 4000,
        active_ms: 4000,
      })),
    ]);
    const { items } = await get<{ items: ToilItem[] }>('/insight/toil?days=30');
    expect(items[0]).toEqual({
      sopRef: 'sop:default/release',
      sopTitle: 'Release',
      stepId: 'tag',
      stepName: 'Tag',
      manual: {
        count: 10,
        measured: 10,
        perMonth: 10,
        totalMs: 3_600_000,
        activeMs: 29 * 60_000,
        activePerMonthMs: 290 * 60_000,
      },
      automated: {
        count: 5,
        measured: 5,
        perMonth: 5,
        totalMs: 4000,
        activeMs: 4000,
        activePerMonthMs: 20_000,
      },
      savedPerMonthMs: 5 * 29 * 60_000,
    });
    const [median] = (
      await get<{ items: any[] }>(
        '/insight/steps?sopRef=sop%3Adefault%2Frelease',
      )
    ).items.filter(step => step.stepType === 'manual');
    expect(median).toMatchObject({
      medianActiveMs: 28 * 60_000,
      p90Ms: 3_600_000,
    });
  });

  it('refuses what it cannot answer', async () => {
    const dev = harness.as('dev');
    const message = async (path: string, status: number) => {
      const response = await dev.get(path);
      expect(response.status).toBe(status);
      return response.body.error?.message ?? response.body.message;
    };
    expect(await message('/insight/toil?days=0', 400)).toContain('days');
    expect(await message('/insight/steps?sopRef=x', 400)).toContain(
      'sopRef is "x"',
    );
    expect(
      await message('/facts?entityRef=component%3Adefault%2Fgone', 404),
    ).toContain('or you may not see it');
    expect(await message('/insight/compliance?cursor=x', 400)).toContain(
      'cursor is "x"',
    );
    harness.denied.add('sop.insight.read');
    expect(await message('/insight/compliance', 403)).toContain(
      'sop.insight.read is denied',
    );
    harness.denied.clear();
  });
});
