import { TestDatabases } from '@backstage/backend-test-utils';
import { Harness, startHarness, tour, user } from './__testUtils__/harness';

jest.setTimeout(60_000);

const look = 'tour:default/look';
const later = 'tour:default/later';
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const procedure = {
  apiVersion: 'handrail.dev/v1alpha1',
  kind: 'SOP',
  metadata: { name: 'onboarding', namespace: 'default' },
};

describe.each(databases.eachSupportedId())('onboarding, %s', id => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({
      knex: await databases.init(id),
      entities: [
        tour('later', { order: 200 }),
        tour('look', { offer: true, order: 10 }),
        tour('ops', { audience: { groups: ['group:default/ops'] } }),
        tour('broken', { version: 'two' }),
        procedure,
      ],
    });
  });

  afterAll(() => harness.stop());

  beforeEach(() => {
    harness.denied.clear();
    harness.audits.length = 0;
    harness.notifications.length = 0;
    harness.sop.refuse = undefined;
    harness.sop.commands.length = 0;
    harness.sop.tasks.length = 0;
    harness.sop.runs.length = 0;
  });

  it('shows the tours that are for the reader, offers the first and dates the sign-in', async () => {
    const me = (await harness.as('nia').get('/me').expect(200)).body;
    expect(me.userRef).toBe(user('nia'));
    expect(me.tours.map((one: { tourRef: string }) => one.tourRef)).toEqual([
      look,
      'tour:default/later',
    ]);
    expect(me.offer).toBe(look);
    expect(me.checklistSopRef).toBe('sop:default/onboarding');
    expect(me.milestones).toEqual([
      { kind: 'first-sign-in', at: expect.any(String) },
      { kind: 'first-template-run' },
      { kind: 'first-sop-run' },
    ]);
    const again = (await harness.as('nia').get('/me')).body;
    expect(again.milestones).toEqual(me.milestones);
    const ops = (await harness.as('olu').get('/me')).body;
    expect(ops.tours.map((one: { tourRef: string }) => one.tourRef)).toContain(
      'tour:default/ops',
    );
  });

  it('records a tour to its end and shows it to nobody else', async () => {
    await harness.as('ana').put(look, { version: 1, status: 'offered' });
    expect((await harness.as('ana').get('/me')).body.offer).toBe(look);
    await harness.as('ana').take(look);
    const me = (await harness.as('ana').get('/me')).body;
    expect(me.offer).toBeUndefined();
    expect(me.tours[0].progress).toMatchObject({
      status: 'finished',
      finishedVersion: 1,
      stepId: 'three',
    });
    const other = (await harness.as('ben').get('/me')).body;
    expect(other.tours[0].progress).toBeUndefined();
    expect(JSON.stringify(other)).not.toContain('ana');
    // There is no way to name another person.
    const named = await harness.as('ben').get(`/me?userRef=${user('ana')}`);
    expect(named.status).toBe(400);
    expect(named.body.tours).toBeUndefined();
    expect(harness.signals).toContainEqual({
      recipients: { type: 'user', entityRef: user('ana') },
      channel: 'onboarding:me',
      message: { tourRef: look, status: 'finished' },
    });
  });

  it('does not offer again what was put off', async () => {
    await harness
      .as('cho')
      .put(look, { version: 1, status: 'dismissed' })
      .expect(200);
    expect((await harness.as('cho').get('/me')).body.offer).toBeUndefined();
  });

  it.each<[string, string, object, number, string]>([
    [
      'an unknown tour',
      'tour:default/lok',
      { version: 1, status: 'started' },
      404,
      'There is no tour "tour:default/lok", or it is not for you; yours are tour:default/look, tour:default/later',
    ],
    [
      'a tour for others',
      'tour:default/ops',
      { version: 1, status: 'started' },
      404,
      'it is not for you',
    ],
    [
      'a tour that is not valid',
      'tour:default/broken',
      { version: 1, status: 'started' },
      404,
      'There is no tour',
    ],
    [
      'something that is no tour',
      'component:default/look',
      { version: 1, status: 'started' },
      400,
      'ref: found "component:default/look"; allowed: tour:<namespace>/<name>',
    ],
    [
      'an old version',
      look,
      { version: 2, status: 'started' },
      400,
      'version: found 2; allowed: 1',
    ],
    [
      'an unknown step',
      look,
      { version: 1, status: 'started', stepId: 'four' },
      400,
      'stepId: found "four"; allowed: one, two, three',
    ],
    [
      'the end before the beginning',
      look,
      { version: 1, status: 'finished' },
      409,
      'the tour has not begun',
    ],
    ['an unknown status', look, { version: 1, status: 'done' }, 400, 'status'],
    [
      'an unknown field',
      look,
      { version: 1, status: 'started', userRef: 'user:default/ana' },
      400,
      'must NOT have additional properties',
    ],
    ['no version', look, { status: 'started' }, 400, 'version'],
  ])('refuses %s', async (_name, ref, update, status, message) => {
    const response = await harness.as('dia').put(ref, update);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
    const me = (await harness.as('dia').get('/me')).body;
    expect(
      me.tours.filter((one: { progress?: unknown }) => one.progress),
    ).toEqual([]);
  });

  it('refuses progress backwards and says where the tour is', async () => {
    await harness
      .as('eva')
      .put(look, { version: 1, status: 'started', stepId: 'two' });
    const response = await harness
      .as('eva')
      .put(look, { version: 1, status: 'started', stepId: 'one' });
    expect(response.status).toBe(409);
    expect(response.body.error.message).toContain(
      'allowed: "two", step 2, or a later one',
    );
  });

  it.each<
    [
      string,
      string,
      (
        h: Harness,
      ) => Promise<{ status: number; body: { error: { message: string } } }>,
    ]
  >([
    ['me', 'onboarding.read', h => h.as('fay').get('/me')],
    [
      'progress',
      'onboarding.progress.update',
      h => h.as('fay').put(look, { version: 1, status: 'started' }),
    ],
    [
      'a report',
      'onboarding.progress.update',
      h => h.as('fay').missing(look, { version: 1, stepId: 'two' }),
    ],
    [
      'broken steps',
      'onboarding.insight.read',
      h => h.as('fay').get('/broken-steps'),
    ],
    [
      'the distribution',
      'onboarding.insight.read',
      h => h.as('fay').get('/time-to-first-template-run'),
    ],
  ])(
    'refuses %s without %s, and only without it',
    async (_name, permission, call) => {
      harness.denied.add(permission);
      const refused = await call(harness);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain(permission);
      harness.denied.clear();
      [
        'onboarding.read',
        'onboarding.progress.update',
        'onboarding.insight.read',
      ]
        .filter(one => one !== permission)
        .forEach(one => harness.denied.add(one));
      expect((await call(harness)).status).toBeLessThan(300);
    },
  );

  it('audits what is tried, refused attempts included', async () => {
    await harness.as('gus').put(look, { version: 1, status: 'started' });
    harness.denied.add('onboarding.progress.update');
    await harness.as('gus').put(look, { version: 1, status: 'dismissed' });
    await harness.as('gus').get('/time-to-first-template-run');
    expect(
      harness.audits.map(({ event, outcome }) => [
        event.eventId,
        event.meta?.actionType,
        outcome,
      ]),
    ).toEqual([
      ['tour-progress', 'started', 'success'],
      ['tour-progress', 'dismissed', 'NotAllowedError'],
      ['insight', 'read', 'success'],
    ]);
  });

  it('lets no service take tours', async () => {
    const service = await harness
      .asService()
      .put(look, { version: 1, status: 'started' });
    expect(service.status).toBe(403);
  });

  it('tells the owner once of a target that is not there', async () => {
    const report = { version: 1, stepId: 'two' };
    for (const name of ['ida', 'jon', 'ida']) {
      await harness.as(name).missing(later, report).expect(204);
    }
    expect(harness.notifications).toHaveLength(1);
    expect(harness.notifications[0]).toMatchObject({
      recipients: { type: 'entity', entityRef: 'group:default/ops' },
      payload: { title: 'A step of the tour “Tour later” leads nowhere' },
    });
    const { items } = (await harness.as('olu').get('/broken-steps')).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        tourRef: later,
        stepId: 'two',
        target: 'nav.two',
        reports: 2,
      }),
    );
    const without = await harness
      .as('ida')
      .missing(later, { version: 1, stepId: 'one' });
    expect(without.status).toBe(400);
    expect(without.body.error.message).toContain(
      'a step without target; allowed: two',
    );
  });

  it('shows the run about the reader as checklist', async () => {
    harness.sop.runs.push({
      runId: 'run-7',
      sopRef: 'sop:default/onboarding',
      targetRef: user('kim'),
      title: 'First week of kim',
      status: 'running',
      done: 1,
      total: 3,
      steps: [
        {
          id: 'a',
          type: 'tour',
          name: 'Look',
          status: 'completed',
          tour: look,
        },
        { id: 'p', type: 'parallel', name: 'Both', status: 'running' },
        {
          id: 'b',
          type: 'manual',
          name: 'Meet',
          status: 'ready',
          act: { allowed: true },
        },
        {
          id: 'c',
          type: 'manual',
          name: 'Undo',
          status: 'pending',
          compensates: 'b',
        },
      ],
    });
    const { checklist } = (await harness.as('kim').get('/me')).body;
    expect(checklist).toEqual({
      runId: 'run-7',
      title: 'First week of kim',
      status: 'running',
      done: 1,
      total: 3,
      items: [
        {
          stepId: 'a',
          name: 'Look',
          status: 'completed',
          tour: look,
          mine: false,
        },
        { stepId: 'b', name: 'Meet', status: 'ready', mine: true },
      ],
    });
    expect((await harness.as('lea').get('/me')).body.checklist).toBeUndefined();
    // The page has more to show than the checklist.
    harness.sop.refuse = new Error('away');
    const away = await harness.as('kim').get('/me').expect(200);
    expect(away.body.checklist).toBeUndefined();
    expect(away.body.tours).toHaveLength(2);
  });

  it('reports a finished tour to the runs that wait for it, as itself', async () => {
    harness.sop.tasks.push(
      { scope: 'me', runId: 'run-1', stepId: 'look', version: 3, tour: look },
      {
        scope: 'me',
        runId: 'run-1',
        stepId: 'other',
        version: 3,
        tour: 'tour:default/later',
      },
      {
        scope: 'groups',
        runId: 'run-2',
        stepId: 'look',
        version: 5,
        tour: look,
      },
      { scope: 'me', runId: 'run-3', stepId: 'plain', version: 1 },
    );
    await harness.as('mia').take(look);
    expect(harness.sop.commands).toMatchObject([
      {
        runId: 'run-1',
        by: 'plugin:onboarding',
        request: {
          command: {
            type: 'tour-finished',
            stepId: 'look',
            userRef: user('mia'),
            tour: look,
            tourVersion: 1,
          },
        },
      },
      { runId: 'run-2', by: 'plugin:onboarding' },
    ]);
    harness.sop.refuse = new Error('away');
    await harness.as('nat').take(look);
  });

  it('completes a step whose tour was finished before, by event and by catch-up', async () => {
    await harness.as('oda').take(look);
    const waits = (runId: string, owners: string[]) => ({
      runId,
      status: 'running',
      waiting: [{ stepId: 'look', type: 'tour', owners }],
      steps: [
        {
          id: 'look',
          type: 'tour',
          tour: look,
          status: 'ready',
          version: 2,
          potentialOwners: owners,
        },
      ],
    });
    harness.sop.runs.push(
      waits('run-8', [user('oda')]),
      waits('run-9', [user('nobody')]),
    );
    const started = { type: 'dev.handrail.sop.task.created.v1' };
    await harness.publish('sop.run', { ...started, data: { runId: 'run-8' } });
    await harness.publish('sop.run', { ...started, data: { runId: 'run-9' } });
    expect(harness.sop.commands.map(one => one.runId)).toEqual(['run-8']);
    const [first] = harness.sop.commands;
    await harness.catchUp();
    // The same report is the same command, so it takes effect once.
    expect(harness.sop.commands).toEqual([first, first]);
    expect(String(first.request.commandId)).toHaveLength(64);
  });

  it('serves its API description', async () => {
    const response = await harness.as('ana').get('/openapi.json');
    expect(response.body.info.title).toBe('onboarding');
  });
});
