import { TestDatabases } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { SopSpec } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

type Steps = SopSpec['steps'];

/** Allowed for the ten minutes that begin two hours from now, each day. */
const soon = new Date(Date.now() + 2 * 3_600_000).getUTCHours();
const later = `FREQ=DAILY;BYHOUR=${soon};BYMINUTE=0;BYSECOND=0`;
const windows: SopSpec['windows'] = [
  {
    name: 'later',
    effect: 'allow',
    rrule: later,
    duration: 'PT10M',
    timezone: 'Etc/UTC',
    unless: 'inputs.hotfix',
  },
];
const inputs: SopSpec['inputs'] = {
  type: 'object',
  properties: { hotfix: { type: 'boolean', default: false } },
};

const guarded = (action: string): Steps => [
  {
    id: 'soak',
    type: 'wait',
    name: 'Soak',
    duration: 'PT2S',
    guard: {
      action,
      expect: 'output.errors == 0',
      message: '${{ output.errors }} errors',
      every: 'PT1S',
      retry: { limit: 1, backoff: 'PT1S' },
    },
  },
];

const entities = [
  procedure('late', [
    {
      id: 'review',
      type: 'approval',
      name: 'Review',
      role: 'reviewer',
      excludedOwners: ['initiator'],
      deadline: {
        startWithin: 'PT1S',
        completeWithin: 'PT3S',
        escalations: [
          { after: 'PT1S', to: 'group:default/leads' },
          { after: 'PT2S', to: 'group:default/operators', action: 'widen' },
        ],
        onTimeout: 'reject',
      },
    },
  ]),
  procedure('calm', guarded('test:calm')),
  procedure('noisy', guarded('test:noisy')),
  procedure('silent', guarded('test:silent')),
  procedure('mighty', guarded('test:mighty')),
  procedure(
    'window',
    [
      {
        id: 'push',
        type: 'manual',
        name: 'Push',
        role: 'developer',
        windows: ['later'],
      },
    ],
    { windows, inputs },
  ),
  procedure(
    'turns',
    [{ id: 'do', type: 'manual', name: 'Do', role: 'captain' }],
    {
      roles: {
        captain: {
          title: 'Captain',
          potentialOwners: ['group:default/reviewers'],
          rotate: 'P1W',
        },
      },
    },
  ),
  procedure(
    'nobody',
    [{ id: 'do', type: 'manual', name: 'Do', role: 'captain' }],
    {
      roles: {
        captain: { potentialOwners: ['group:default/empty'], rotate: 'P1W' },
      },
    },
  ),
];

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('time, %s', databaseId => {
  let harness: Harness;
  let noise = 0;

  beforeAll(async () => {
    const actions = actionsRegistryServiceMock();
    const register = (
      name: string,
      attributes: { readOnly?: boolean },
      errors: () => number,
    ) =>
      actions.register({
        name,
        title: name,
        description: name,
        attributes,
        schema: {
          input: z => z.object({}).passthrough(),
          output: z => z.object({}).passthrough(),
        },
        action: async () => ({ output: { errors: errors() } }),
      });
    register('calm', { readOnly: true }, () => 0);
    register('noisy', { readOnly: true }, () => noise++);
    register('silent', { readOnly: true }, () => {
      throw new TypeError('fetch failed');
    });
    register('mighty', {}, () => 0);
    harness = await startHarness({
      entities,
      knex: await databases.init(databaseId),
      actions,
    });
  });

  afterAll(() => harness.stop());

  const start = async (sop: string, body = {}) => {
    const response = await harness.as('dev').start(sop, body);
    expect(response.body.error).toBeUndefined();
    return response.body;
  };

  it('escalates, passes deadlines and tells those who may act', async () => {
    const { runId, steps, waiting } = await start('late');
    expect(steps[0].dueAt).toBe(steps[0].deadline.startBy);
    expect(waiting[0].dueAt).toBe(steps[0].dueAt);
    const run = await harness
      .as('dev')
      .until(runId, view => view.status === 'held');
    expect(run.timeline.map(entry => entry.text).reverse()).toEqual([
      'started the run',
      '“Review” began',
      '“Review” was escalated to leads',
      '“Review” has not begun in time',
      '“Review” was escalated to operators',
      '“Review” is not done in time',
      '“Review” failed',
      'The run is on hold',
    ]);
    expect(run.steps[0].error?.message).toBe(
      'It was not done within 3 seconds',
    );
    const told = harness.notifications.filter(one =>
      one.payload.link?.includes(runId),
    );
    expect(told.map(one => one.payload.title)).toEqual(
      expect.arrayContaining([
        'Escalated: Approve “Review”?',
        'Nobody has begun: Approve “Review”?',
      ]),
    );
    const escalated = told.find(
      one =>
        one.payload.title.startsWith('Escalated') &&
        JSON.stringify(one.recipients).includes('operators'),
    );
    expect(escalated?.recipients).toMatchObject({
      entityRef: ['group:default/operators'],
      excludeEntityRef: ['user:default/dev'],
    });
  });

  it('watches a guard all the time', async () => {
    const { runId } = await start('calm');
    const run = await harness
      .as('dev')
      .until(runId, view => view.status === 'completed');
    expect(run.steps[0].guard?.last).toMatchObject({
      ok: true,
      output: { errors: 0 },
    });
    const measured = run.timeline.filter(
      entry => entry.text === 'The guard of “Soak” holds',
    );
    expect(measured.length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['noisy', 'GuardFailed', '1 errors'],
    ['silent', 'GuardUnknown', 'The guard could not be measured: '],
    ['mighty', 'GuardUnknown', 'must be read-only or idempotent'],
  ])('ends the wait at once when the guard is %s', async (sop, name, text) => {
    const { runId } = await start(sop);
    const run = await harness
      .as('dev')
      .until(runId, view => view.status === 'held');
    expect(run.steps[0].error?.name).toBe(name);
    expect(run.steps[0].error?.message).toContain(text);
  });

  it('blocks a step until its window opens, and says when', async () => {
    const { steps, headline, waiting } = await start('window', {
      inputs: { hotfix: false },
    });
    expect(headline).toBe(
      '“Push” is blocked because the window “later” is closed',
    );
    expect(steps[0]).toMatchObject({
      status: 'blocked',
      windows: ['later'],
      blocks: [{ kind: 'window', ref: 'later', until: expect.any(String) }],
    });
    expect(new Date(waiting[0].dueAt).getUTCHours()).toBe(soon);
  });

  it('lets a hotfix pass, and keeps it in the record', async () => {
    const { steps, timeline } = await start('window', {
      inputs: { hotfix: true },
    });
    expect(steps[0].status).toBe('ready');
    expect(timeline[0]).toMatchObject({
      text: '“Push” began',
      detail: 'Outside “later”, which did not count because of its exception',
    });
  });

  it('gives a role to whose turn it is', async () => {
    const { roles, steps } = await start('turns');
    expect(roles).toEqual([
      {
        role: 'captain',
        title: 'Captain',
        member: expect.any(String),
        members: ['user:default/dev', 'user:default/rev1', 'user:default/rev2'],
        startsAt: expect.any(String),
        endsAt: expect.any(String),
      },
    ]);
    expect(steps[0].potentialOwners).toEqual([roles[0].member]);
  });

  it('does not start when there is nobody to take turns', async () => {
    const response = await harness.as('dev').start('nobody');
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(
      'The role "captain" rotates among nobody',
    );
  });
});
