import { TestDatabases } from '@backstage/backend-test-utils';
import { startHarness } from './testUtils/harness';

jest.setTimeout(60_000);

describe('an incident from end to end', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())('on %p', async id => {
    const knex = await databases.init(id);
    const harness = await startHarness({ knex });
    const ana = harness.as('ana');
    const ben = harness.as('ben');

    const declared = await ana.declare();
    expect(declared).toMatchObject({
      reference: 'INC-1',
      status: 'investigating',
      severity: 'SEV-2',
      declaredBy: 'user:default/ana',
      owners: ['group:default/payments'],
      headline: 'Next: payments must take command',
      next: { kind: 'commander', responsible: ['group:default/payments'] },
      runbook: 'sop:default/incident-response',
    });
    expect(declared.commander).toBeUndefined();
    const { incidentId } = declared;

    await ana.do(incidentId, {
      type: 'offer-role',
      role: 'commander',
      person: 'user:default/ben',
    });
    const refused = await ana.command(incidentId, {
      type: 'accept-role',
      role: 'commander',
    });
    expect(refused.status).toBe(403);
    const commanded = await ben.do('inc-1', {
      type: 'accept-role',
      role: 'commander',
    });
    expect(commanded.commander).toBe('user:default/ben');
    expect(
      commanded.obligations.find(one => one.kind === 'commander'),
    ).toMatchObject({ state: 'satisfied', late: false });
    expect(commanded.headline).toBe('Next: ben must post an update');

    const lacking = await ben.command(incidentId, { type: 'resolve' });
    expect(lacking.status).toBe(409);
    expect(lacking.body.error.missing).toEqual([
      'record what mitigated it and when',
      'record the impact',
    ]);

    await ben.do(incidentId, {
      type: 'post-update',
      message: 'We look into it',
      audience: 'customers',
    });
    await ben.do(incidentId, { type: 'identify', message: 'A bad release' });
    await ben.do(incidentId, {
      type: 'set-impact',
      message: 'Nobody can pay',
    });
    await ben.do(incidentId, {
      type: 'record-mitigation',
      message: 'Rolled back',
    });
    await ben.do(incidentId, { type: 'monitor' });
    const resolved = await ben.do(incidentId, { type: 'resolve' });
    expect(resolved.next).toMatchObject({ kind: 'review' });

    await ben.do(incidentId, {
      type: 'edit-review',
      review: { summary: 'S', causes: 'C', wentWell: 'W' },
    });
    const withItem = await ben.do(incidentId, {
      type: 'add-action-item',
      actionItem: { title: 'Test the rollback' },
    });
    await ben.do(incidentId, { type: 'complete-review' });
    const open = await ben.command(incidentId, { type: 'close' });
    expect(open.body.error.missing).toEqual([
      'give the action item “Test the rollback” an owner',
      'give the action item “Test the rollback” a due date',
    ]);
    await ben.do(incidentId, {
      type: 'edit-action-item',
      actionItemId: withItem.actionItems[0].actionItemId,
      actionItem: { owner: 'user:default/cho', dueOn: '2030-01-01' },
    });
    const closed = await ben.do(incidentId, { type: 'close' });
    expect(closed).toMatchObject({ status: 'closed', open: false });

    const verdict = await ben.post(`/incidents/${incidentId}/verify`);
    expect(verdict.body).toMatchObject({ ok: true, events: closed.version });
    expect(await ben.read('/metrics')).toMatchObject({
      n: 1,
      timeToCommander: { n: 1, coverage: 1 },
      timeToResolve: { n: 1 },
      duties: { late: 0 },
    });
    expect(await ben.read('/incidents?open=false&q=checkout')).toMatchObject({
      total: 1,
      items: [{ reference: 'INC-1' }],
    });
    await harness.stop();
  });
});

it('calls people as the catalog does, also in lists and refusals', async () => {
  const harness = await startHarness({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'eve.long', namespace: 'default' },
        spec: { profile: { displayName: 'Eve Long' } },
      },
    ],
  });
  const ana = harness.as('ana');
  const eve = harness.as('eve.long');
  const { incidentId, version } = await ana.declare();
  await ana.do(incidentId, {
    type: 'offer-role',
    role: 'commander',
    person: 'user:default/eve.long',
  });
  const view = await eve.do(incidentId, {
    type: 'accept-role',
    role: 'commander',
  });
  expect(view.headline).toBe('Next: Eve Long must post an update');
  const texts = (entries: Array<{ text: string }>) =>
    entries.map(entry => entry.text);
  const offered = 'offered the role commander to Eve Long';
  expect(texts(view.timeline)).toContain(offered);
  const { items } = await ana.read(`/incidents/${incidentId}/timeline`);
  expect(texts(items)).toContain(offered);
  const stale = await ana.command(
    incidentId,
    { type: 'note', message: 'n' },
    { expectedVersion: version },
  );
  expect(texts(stale.body.error.changes)).toContain(offered);
  expect((await ana.read('/incidents')).items[0].headline).toBe(view.headline);
  const verdict = await ana.post(`/incidents/${incidentId}/verify`);
  expect(verdict.body.ok).toBe(true);
  await harness.stop();
});

it('serves its API description', async () => {
  const { as, stop } = await startHarness();
  const response = await as('ana').get('/openapi.json');
  expect(response.status).toBe(200);
  expect(response.body.info.title).toBe('incidents');
  await stop();
});
