import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { SopSpec } from '@handrail/plugin-sop-common';
import { Person } from './__testUtils__/Person';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

const steps: SopSpec['steps'] = [
  {
    id: 'look',
    type: 'tour',
    name: 'First look',
    role: 'target',
    tour: 'tour:default/first-look',
  },
  {
    id: 'team',
    type: 'tour',
    name: 'With the team',
    role: 'reviewer',
    tour: 'tour:default/team',
  },
];
const welcome = procedure('welcome', steps, { appliesTo: { kind: 'User' } });

const user = (name: string, ...groups: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: {},
  relations: groups.map(group => ({
    type: 'memberOf',
    targetRef: `group:default/${group}`,
  })),
});

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('tour steps, %s', databaseId => {
  let harness: Harness;
  let onboarding: Person;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [welcome, user('new'), user('dev'), user('rev1', 'reviewers')],
      knex: await databases.init(databaseId),
    });
    onboarding = new Person(
      harness.backend,
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.service('plugin:onboarding'),
        targetPluginId: 'sop',
      }),
    );
  });

  afterAll(() => harness.stop());

  async function start(): Promise<string> {
    const response = await harness
      .as('lead')
      .start('welcome', { targetRef: 'user:default/new' });
    expect(response.status).toBe(201);
    return response.body.runId;
  }

  const finished = (change: object = {}) => ({
    type: 'tour-finished',
    stepId: 'look',
    userRef: 'user:default/new',
    tour: 'tour:default/first-look',
    tourVersion: 1,
    finishedAt: '2026-11-02T09:00:00.000Z',
    ...change,
  });

  it('shows a tour among the tasks of the person and ends it by the report', async () => {
    const runId = await start();
    const tasks = await harness.as('new').tasks('me');
    expect(tasks.find(task => task.runId === runId)).toMatchObject({
      stepType: 'tour',
      tour: 'tour:default/first-look',
      asked: 'Take the tour: First look',
      act: { allowed: true },
    });
    const first = await onboarding.command(runId, finished(), `t:${runId}`);
    expect(first.status).toBe(200);
    expect(first.body.steps[0]).toMatchObject({
      status: 'completed',
      actors: ['user:default/new'],
    });
    // The same report, and one with another id, change nothing.
    for (const id of [`t:${runId}`, `u:${runId}`]) {
      const again = await onboarding.command(runId, finished(), id);
      expect(again.status).toBe(200);
      expect(again.body.version).toBe(first.body.version);
    }
    const team = { stepId: 'team', tour: 'tour:default/team' };
    const outsider = await onboarding.command(runId, finished(team));
    expect(outsider.status).toBe(403);
    const insider = await onboarding.command(
      runId,
      finished({ ...team, userRef: 'user:default/rev1' }),
    );
    expect(insider.body.status).toBe('completed');
    const verdict = await harness.as('lead').post(`/runs/${runId}/verify`);
    expect(verdict.body.ok).toBe(true);
  });

  it.each<[string, object, number, string]>([
    [
      'an unknown user',
      finished({ userRef: 'user:default/ghost' }),
      404,
      'There is no user "user:default/ghost"',
    ],
    [
      'a group for a user',
      finished({ userRef: 'group:default/reviewers' }),
      400,
      'command.userRef: found "group:default/reviewers"; allowed: user:<namespace>/<name>',
    ],
    [
      'another tour',
      finished({ tour: 'tour:default/other' }),
      400,
      'command.tour: found "tour:default/other"; allowed: tour:default/first-look',
    ],
    [
      'a missing version',
      finished({ tourVersion: undefined }),
      400,
      'command.tourVersion',
    ],
  ])('refuses %s', async (_name, command, status, message) => {
    const runId = await start();
    const response = await onboarding.command(runId, command);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
    expect((await harness.as('new').run(runId)).steps[0].status).toBe('ready');
  });

  it('takes the report from the onboarding back end only', async () => {
    const runId = await start();
    for (const sender of [harness.as('new'), harness.asService()]) {
      const response = await sender.command(runId, finished());
      expect(response.status).toBe(403);
      expect(response.body.error.message).toContain(
        'Only the onboarding back end may report',
      );
    }
    harness.denied.add('sop.task.work');
    const denied = await onboarding.command(runId, finished());
    harness.denied.clear();
    expect(denied.status).toBe(403);
    expect(harness.audits.at(-1)).toMatchObject({
      event: {
        meta: { actionType: 'tour-finished', userRef: 'user:default/new' },
      },
      outcome: 'NotAllowedError',
    });
    expect((await harness.as('new').run(runId)).steps[0].status).toBe('ready');
  });

  it('does not let the person complete it by hand', async () => {
    const runId = await start();
    await expect(
      harness.as('new').act(runId, 'look', { type: 'complete' }),
    ).rejects.toThrow('is completed by taking the tour');
  });

  it('refuses a run about somebody who does not exist', async () => {
    const response = await harness
      .as('lead')
      .start('welcome', { targetRef: 'user:default/ghost' });
    expect(response.status).toBe(404);
    expect(response.body.error.message).toContain('user:default/ghost');
  });
});
