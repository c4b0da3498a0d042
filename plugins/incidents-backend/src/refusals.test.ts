import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  incidentCommandPermissions,
  IncidentCommandType,
} from '@handrail/plugin-incidents-common';
import { Harness, startHarness } from './testUtils/harness';
import { Person } from './testUtils/Person';

jest.setTimeout(60_000);

/** A command of each type that is well-formed. */
const COMMANDS: Record<IncidentCommandType, object> = {
  confirm: { severity: 'SEV-2' },
  decline: { reason: 'r' },
  merge: { into: 'INC-1' },
  acknowledge: {},
  'take-role': { role: 'scribe' },
  'offer-role': { role: 'scribe', person: 'user:default/ben' },
  'accept-role': { role: 'scribe' },
  'decline-role': { role: 'scribe' },
  'release-role': { role: 'scribe' },
  'post-update': { message: 'm' },
  note: { message: 'm' },
  'set-severity': { severity: 'SEV-1', reason: 'r' },
  'set-impact': { message: 'm' },
  'record-mitigation': { message: 'm' },
  identify: { message: 'm' },
  monitor: {},
  resolve: {},
  reopen: { reason: 'r' },
  'start-review': {},
  'edit-review': { review: { summary: 's' } },
  'complete-review': {},
  'waive-review': { reason: 'r' },
  'approve-waiver': {},
  'add-action-item': { actionItem: { title: 't' } },
  'edit-action-item': { actionItemId: 'i', actionItem: { title: 't' } },
  'complete-action-item': { actionItemId: 'i' },
  'drop-action-item': { actionItemId: 'i', reason: 'r' },
  'start-runbook': {},
  close: {},
};

let portal: Harness;
let ana: Person;
let ben: Person;

beforeAll(async () => {
  portal = await startHarness();
  ana = portal.as('ana');
  ben = portal.as('ben');
});
afterAll(() => portal.stop());
afterEach(() => portal.denied.clear());

/** The attempt is on record and the incident is as it was. */
async function expectUntouched(
  incidentId: string,
  version: number,
  outcome: string,
) {
  expect(portal.audits.at(-1)).toMatchObject({
    event: { eventId: 'incident' },
    outcome,
  });
  portal.denied.clear();
  expect((await ana.incident(incidentId)).version).toBe(version);
}

describe('permissions', () => {
  it.each(Object.entries(COMMANDS))(
    'of %s are asked for',
    async (type, body) => {
      const { incidentId, version } = await ana.declare();
      const { name } = incidentCommandPermissions[type as IncidentCommandType];
      portal.denied.add(name);
      const view = await ana.incident(incidentId);
      expect(view.permits[type]).toEqual({
        allowed: false,
        reason: expect.stringContaining(name),
      });
      const response = await ana.command(incidentId, { type, ...body });
      expect(response.status).toBe(403);
      expect(response.body.error).toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(name),
      });
      await expectUntouched(incidentId, version, 'NotAllowedError');
    },
  );

  it('to declare is asked for', async () => {
    portal.denied.add('incident.declare');
    const { total } = await ana.read('/incidents');
    expect((await ana.declaring()).status).toBe(403);
    expect(portal.audits.at(-1)).toMatchObject({ outcome: 'NotAllowedError' });
    expect((await ana.read('/policy')).permits.declare.allowed).toBe(false);
    portal.denied.clear();
    portal.denied.add('incident.command');
    expect((await ana.declaring({ takeCommand: true })).status).toBe(403);
    expect((await ana.read('/incidents')).total).toBe(total);
    expect((await ana.declaring()).status).toBe(201);
  });

  it('to read is asked for everywhere', async () => {
    const { incidentId } = await ana.declare();
    portal.denied.add('incident.read');
    for (const path of [
      '/incidents',
      `/incidents/${incidentId}`,
      `/incidents/${incidentId}/timeline`,
      '/metrics',
      '/alerts',
      '/deliveries',
    ]) {
      expect([path, (await ana.get(path)).status]).toEqual([path, 403]);
    }
    const verify = await ana.post(`/incidents/${incidentId}/verify`);
    expect(verify.status).toBe(403);
    const command = await ana.command(incidentId, { type: 'acknowledge' });
    expect(command.status).toBe(403);
  });

  it('need somebody', async () => {
    const nobody = portal.asNobody();
    expect((await nobody.get('/incidents')).status).toBe(401);
    expect((await nobody.declaring()).status).toBe(401);
  });
});

describe('a declaration with', () => {
  it.each([
    ['an unknown severity', { severity: 'SEV-9' }, /severity is "SEV-9"/],
    [
      'an unknown entity',
      { entityRefs: ['component:default/checkout', 'component:default/gone'] },
      /entityRefs\[1\] is "component:default\/gone"/,
    ],
    ['a ref that is none', { entityRefs: ['::'] }, /entityRefs\[0\] is "::"/],
    ['no title', { title: '  ' }, /title is empty/],
    ['a title too long', { title: 'x'.repeat(201) }, /title/],
    ['a text too long', { description: 'x'.repeat(10_001) }, /description/],
    [
      'a begin in the future',
      { impactStartedAt: '2199-01-01T00:00:00Z' },
      /impactStartedAt is 2199-01-01T00:00:00.000Z, which is in the future/,
    ],
    ['a field that there is not', { colour: 'red' }, /colour|additional/],
  ])('%s is refused', async (_, more, message) => {
    const { total } = await ana.read('/incidents');
    const response = await ana.declaring(more);
    expect(response.status).toBe(400);
    expect(response.body.error).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
    expect((await ana.read('/incidents')).total).toBe(total);
  });

  it('a body too large is refused', async () => {
    const response = await ana.declaring({ description: 'x'.repeat(600_000) });
    expect(response.status).toBe(413);
  });

  it('a service in command is refused', async () => {
    const service = portal.asService();
    const response = await service.declaring({ takeCommand: true });
    expect(response.status).toBe(400);
    const view = await service.declare();
    expect(view.declaredBy).toMatch(/^service:/);
    const take = await service.command(view.incidentId, {
      type: 'take-role',
      role: 'commander',
    });
    expect(take.status).toBe(400);
  });
});

describe('a command', () => {
  it.each([
    ['that is unknown', { type: 'explode' }, 400],
    ['without what it needs', { type: 'decline' }, 400],
    ['with what is not its own', { type: 'monitor', reason: 'r' }, 400],
    ['that comes too early', { type: 'resolve' }, 409],
    ['for an unknown role', { type: 'take-role', role: 'king' }, 400],
    [
      'that offers to nobody known',
      { type: 'offer-role', role: 'scribe', person: 'user:default/gone' },
      400,
    ],
    [
      'that offers to a group',
      { type: 'offer-role', role: 'scribe', person: 'group:default/payments' },
      400,
    ],
    [
      'for an action item that is not there',
      { type: 'complete-action-item', actionItemId: 'item-9' },
      404,
    ],
    [
      'with a text too long',
      { type: 'note', message: 'x'.repeat(10_001) },
      400,
    ],
    [
      'that promises what is past',
      {
        type: 'post-update',
        message: 'm',
        nextUpdateAt: '2020-01-01T00:00:00Z',
      },
      400,
    ],
    ['that merges into itself', { type: 'merge', into: 'self' }, 404],
    [
      'that lowers to the same',
      { type: 'set-severity', severity: 'SEV-2', reason: 'r' },
      400,
    ],
  ])('%s is refused', async (_, body, status) => {
    const { incidentId, version } = await ana.declare();
    const response = await ana.command(incidentId, body);
    expect(response.status).toBe(status);
    expect((await ana.incident(incidentId)).version).toBe(version);
  });

  it('on nothing is refused', async () => {
    const response = await ana.command('INC-99999', { type: 'acknowledge' });
    expect(response.status).toBe(404);
    expect(portal.audits.at(-1)?.outcome).toBe('NotFoundError');
  });

  it('on a stale version says what changed', async () => {
    const { incidentId, version } = await ana.declare();
    await ben.do(incidentId, { type: 'note', message: 'I was faster' });
    const response = await ana.command(
      incidentId,
      { type: 'identify', message: 'x' },
      { expectedVersion: version },
    );
    expect(response.status).toBe(409);
    expect(response.body.error.changes).toMatchObject([
      {
        type: 'note.added',
        actor: 'user:default/ben',
        detail: 'I was faster',
      },
    ]);
    await expectUntouched(incidentId, version + 1, 'ConflictError');
    const again = await ana.command(
      incidentId,
      { type: 'identify', message: 'x' },
      { expectedVersion: version + 1 },
    );
    expect(again.status).toBe(200);
  });

  it('on a closed incident is refused', async () => {
    const { incidentId } = await ana.declare({ severity: 'SEV-4' });
    await ana.do(incidentId, { type: 'set-impact', message: 'i' });
    await ana.do(incidentId, { type: 'record-mitigation', message: 'm' });
    await ana.do(incidentId, { type: 'resolve' });
    await ana.do(incidentId, { type: 'waive-review', reason: 'r' });
    const { version } = await ana.do(incidentId, { type: 'close' });
    // Action items are followed to their end.
    const refused = Object.entries(COMMANDS).filter(
      ([type]) => !/^(edit|complete|drop)-action-item$/.test(type),
    );
    for (const [type, body] of refused) {
      const response = await ana.command(incidentId, {
        type,
        ...body,
        ...(type === 'merge' ? { into: incidentId } : {}),
      });
      expect([type, response.status]).toEqual([type, 409]);
    }
    await expectUntouched(incidentId, version, 'ConflictError');
  });

  it('needs a second person to waive the review of a grave one', async () => {
    const { incidentId } = await ana.declare();
    await ana.do(incidentId, { type: 'set-impact', message: 'i' });
    await ana.do(incidentId, { type: 'record-mitigation', message: 'm' });
    await ana.do(incidentId, { type: 'resolve' });
    const asked = await ana.do(incidentId, {
      type: 'waive-review',
      reason: 'A false alarm of a test',
    });
    expect(asked.review.state).toBe('waiver-requested');
    expect(asked.permits['approve-waiver'].allowed).toBe(false);
    const alone = await ana.command(incidentId, { type: 'approve-waiver' });
    expect(alone.status).toBe(403);
    expect((await ana.command(incidentId, { type: 'close' })).status).toBe(409);
    await ben.do(incidentId, { type: 'approve-waiver' });
    expect((await ben.do(incidentId, { type: 'close' })).status).toBe('closed');
  });
});

describe('repeats', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())('change nothing on %p', async id => {
    const own = await startHarness({ knex: await databases.init(id) });
    const cho = own.as('cho');
    const body = {
      commandId: 'declare-once',
      title: 'Checkout fails',
      severity: 'SEV-1',
    };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => cho.post('/incidents', body)),
    );
    expect(answers.map(answer => answer.status)).toEqual(Array(5).fill(201));
    expect(new Set(answers.map(answer => answer.body.incidentId)).size).toBe(1);
    expect((await cho.read('/incidents')).total).toBe(1);
    // The same id by somebody else is another intention.
    await own.as('dia').post('/incidents', body);
    expect((await cho.read('/incidents')).total).toBe(2);

    const { incidentId } = answers[0].body;
    const commandId = 'start-runbook-once';
    const start = () =>
      cho.command(incidentId, { type: 'start-runbook' }, { commandId });
    const runs = await Promise.all([start(), start(), start()]);
    expect(runs.map(run => run.body.runs?.length)).toEqual([1, 1, 1]);
    expect(new Set(own.runs.map(run => run.commandId)).size).toBe(1);
    expect(own.runs[0].sopRef).toBe('sop:default/incident-response');
    await cho.do(incidentId, { type: 'note', message: 'later' });
    // The first result, not what came after it.
    expect((await start()).body.version).toBe(runs[0].body.version);
    expect((await cho.incident(incidentId)).runs).toHaveLength(1);
    await own.stop();
  });

  it.each(databases.eachSupportedId())('of a merge on %p', async id => {
    const own = await startHarness({ knex: await databases.init(id) });
    const cho = own.as('cho');
    const one = await cho.declare({ title: 'One' });
    const other = await cho.declare({
      title: 'Other',
      entityRefs: ['component:default/search'],
    });
    const merged = await cho.do(one.incidentId, {
      type: 'merge',
      into: other.reference,
      reason: 'The same cause',
    });
    expect(merged).toMatchObject({
      status: 'merged',
      mergedInto: other.reference,
      headline: `Merged into ${other.reference}`,
    });
    expect(merged.obligations.every(duty => duty.state === 'cancelled')).toBe(
      true,
    );
    const target = await cho.incident(other.incidentId);
    expect(target.entityRefs.sort()).toEqual([
      'component:default/checkout',
      'component:default/search',
    ]);
    // Both ways at once: one wins, none hangs.
    const a = await cho.declare();
    const b = await cho.declare();
    const crossed = await Promise.all([
      cho.command(a.incidentId, { type: 'merge', into: b.reference }),
      cho.command(b.incidentId, { type: 'merge', into: a.reference }),
    ]);
    expect(crossed.map(answer => answer.status).sort()).toEqual([200, 409]);
    await own.stop();
  });
});

describe('a runbook', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is not started when that is refused on %p',
    async id => {
      const own = await startHarness({ knex: await databases.init(id) });
      const cho = own.as('cho');
      const { incidentId, version } = await cho.declare();
      await own.as('dia').do(incidentId, { type: 'note', message: 'n' });
      const start = (expectedVersion?: number) =>
        cho.command(
          incidentId,
          { type: 'start-runbook' },
          { commandId: 'start-once', expectedVersion },
        );
      const stale = await start(version);
      expect(stale.status).toBe(409);
      expect(stale.body.error.changes).toMatchObject([{ type: 'note.added' }]);
      expect((await start(version + 9)).status).toBe(409);
      await cho.do(incidentId, { type: 'set-impact', message: 'i' });
      await cho.do(incidentId, { type: 'record-mitigation', message: 'm' });
      const resolved = await cho.do(incidentId, { type: 'resolve' });
      expect((await start()).status).toBe(409);
      expect((await start(resolved.version)).status).toBe(409);
      expect(own.runs).toEqual([]);
      expect((await cho.incident(incidentId)).version).toBe(resolved.version);

      // What was refused may be asked for again when it is possible.
      const reopened = await cho.do(incidentId, {
        type: 'reopen',
        reason: 'It is back',
      });
      expect((await start(reopened.version)).body.runs).toHaveLength(1);
      await own.stop();
    },
  );

  it.each(databases.eachSupportedId())(
    'that has begun is recorded whatever happens meanwhile on %p',
    async id => {
      const options = {
        knex: await databases.init(id),
        onRun: async () => {},
      };
      const own = await startHarness(options);
      const cho = own.as('cho');
      const { incidentId } = await cho.declare();
      await cho.do(incidentId, { type: 'set-impact', message: 'i' });
      const { version } = await cho.do(incidentId, {
        type: 'record-mitigation',
        message: 'm',
      });
      options.onRun = async () => {
        options.onRun = async () => {};
        await own.as('dia').do(incidentId, { type: 'resolve' });
      };
      const start = () =>
        cho.command(
          incidentId,
          { type: 'start-runbook' },
          { commandId: 'start-once', expectedVersion: version },
        );
      const started = await start();
      expect(started.body).toMatchObject({
        status: 'resolved',
        runs: [{ runId: `run-of-${own.runs[0].commandId}` }],
      });
      expect(started.body.timeline[0]).toMatchObject({
        type: 'runbook.started',
        actor: 'user:default/cho',
      });
      // The second click gets the first result.
      expect((await start()).body.version).toBe(started.body.version);
      expect(own.runs).toHaveLength(1);
      const verdict = await cho.post(`/incidents/${incidentId}/verify`);
      expect(verdict.body.ok).toBe(true);
      await own.stop();
    },
  );
});

it('starts the runbook that the entity names', async () => {
  const view = await ana.declare({ entityRefs: ['component:default/search'] });
  expect(view.runbook).toBe('sop:default/search-trouble');
  const started = await ana.do(view.incidentId, { type: 'start-runbook' });
  expect(portal.runs.at(-1)).toMatchObject({
    sopRef: 'sop:default/search-trouble',
    targetRef: 'component:default/search',
  });
  expect(started.timeline[0]).toMatchObject({
    type: 'runbook.started',
    actor: 'user:default/ana',
    text: 'started the runbook Respond to the incident',
  });
});

it('declares while nobody listens, and tells them later', async () => {
  const options = { deaf: true };
  const own = await startHarness(options);
  const view = await own.as('ana').declare({ takeCommand: true });
  expect(view.commander).toBe('user:default/ana');
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(own.notifications).toEqual([]);
  options.deaf = false;
  const end = Date.now() + 20_000;
  while (!own.notifications.length && Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 500));
    // Each commit looks into the outbox, as the schedule does elsewhere.
    await own.as('ana').do(view.incidentId, { type: 'note', message: 'n' });
  }
  expect(own.notifications).toMatchObject([
    {
      recipients: { entityRef: ['group:default/payments'] },
      payload: { title: 'INC-1: Incident declared (SEV-2)' },
    },
  ]);
  await own.stop();
});

it('offers actions to agents', async () => {
  const declared = await portal.actions.invoke({
    credentials: mockCredentials.user('user:default/ana'),
    id: 'test:declare',
    input: { title: 'By an agent', severity: 'SEV-3', requestId: 'r1' },
  });
  const { reference } = declared.output as { reference: string };
  const found = await portal.actions.invoke({
    credentials: mockCredentials.user('user:default/ana'),
    id: 'test:get',
    input: { incidentId: reference },
  });
  expect(found.output).toMatchObject({ title: 'By an agent', open: true });
  const listed = await portal.actions.invoke({
    credentials: mockCredentials.user('user:default/ana'),
    id: 'test:list',
    input: { severity: ['SEV-3'], open: true },
  });
  expect(listed.output).toMatchObject({ incidents: [{ reference }] });
});
