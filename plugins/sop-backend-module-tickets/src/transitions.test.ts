import { FakeGithub, FakeJira } from '@handrail/test-servers';
import {
  branch,
  Portal,
  procedureOfLibrary,
  pullRequest,
} from './__testUtils__/portal';

jest.setTimeout(60_000);

const SOP = 'ticket-transitions';
const REPOSITORY = 'hollowbrook/identity-wallet';

let jira: FakeJira;
let github: FakeGithub;
let portal: Portal;

beforeAll(async () => {
  jira = await new FakeJira().listen();
  github = await new FakeGithub([REPOSITORY]).listen();
  const host = new URL(github.url).host;
  portal = await Portal.start({
    entities: [
      procedureOfLibrary('ssim-002-bug-fix.yaml'),
      procedureOfLibrary('ssim-005-ticket-transitions.yaml'),
    ],
    config: {
      integrations: {
        github: [{ host, apiBaseUrl: github.url, token: github.token }],
      },
      sop: {
        tickets: [
          {
            name: 'jira',
            type: 'jira',
            baseUrl: jira.url,
            email: jira.email,
            apiToken: jira.token,
            projects: ['SSIM'],
          },
          { name: 'issues', type: 'github', host, projects: [REPOSITORY] },
        ],
      },
    },
  });
});

afterAll(async () => {
  await portal.stop();
  jira.stop();
  github.stop();
});

const follow = (ticket: string, tickets = 'jira') =>
  portal.begin(SOP, { ticket, tickets });

it('moves a ticket of Jira as branch and pull request come and go', async () => {
  const issue = jira.add('SSIM-142');
  const runId = await follow('SSIM-142');
  await portal.until(runId, 'branch-created', 'running');
  expect(issue.state).toBe('To Do');

  const created = await portal.deliver('create', branch('SSIM-142-open'));
  expect(created.status).toBe(202);
  await portal.until(runId, 'pull-request', 'running');
  expect(issue.state).toBe('In Progress');

  await portal.deliver('pull_request', pullRequest('SSIM-142-open', 'opened'));
  await portal.until(runId, 'merged', 'running');
  expect(issue.remoteLinks).toMatchObject([
    {
      url: 'https://github.com/hollowbrook/identity-wallet/pull/5',
      title: 'Open the wallet',
    },
  ]);

  // Given up and opened again: not merged.
  await portal.deliver('pull_request', pullRequest('SSIM-142-open', 'closed'));
  await portal.deliver(
    'pull_request',
    pullRequest('SSIM-142-open', 'reopened'),
  );
  await portal.deliver(
    'pull_request',
    pullRequest('SSIM-142-open', 'closed', true),
  );
  const run = await portal.until(runId, 'commit', 'completed');
  expect(issue.state).toBe('Done');
  expect(issue.remoteLinks[1].url).toBe(
    'https://github.com/hollowbrook/identity-wallet/commit/0123abc',
  );
  expect(run.status).toBe('completed');
  const merged = run.steps.find(one => one.id === 'merged');
  expect(merged?.output).toMatchObject({ data: { action: 'closed' } });
});

it('moves nothing for a wrong signature, another ticket, or a tag', async () => {
  const issue = jira.add('SSIM-7');
  const longer = jira.add('SSIM-71');
  const runId = await follow('SSIM-7');
  await portal.until(runId, 'branch-created', 'running');

  const forged = await portal.deliver(
    'create',
    branch('SSIM-7-x'),
    'the-secret-of-somebody-else-01234',
  );
  expect(forged.status).toBe(401);
  for (const payload of [
    branch('SSIM-71-x'),
    branch('main'),
    { ...branch('SSIM-7-x'), ref_type: 'tag' },
  ]) {
    expect((await portal.deliver('create', payload)).status).toBe(202);
  }
  // Events are matched in the order in which they came: once a later one has
  // been taken, those before it have been looked at.
  jira.add('SSIM-8');
  const later = await follow('SSIM-8');
  await portal.until(later, 'branch-created', 'running');
  await portal.deliver('create', branch('SSIM-8-x'));
  await portal.until(later, 'in-progress', 'completed');

  const run = await portal.run(runId);
  expect(run.steps.find(one => one.id === 'branch-created')?.status).toBe(
    'running',
  );
  expect([issue.state, longer.state]).toEqual(['To Do', 'To Do']);
});

it('tries again while Jira is down', async () => {
  const issue = jira.add('SSIM-20');
  jira.fail('GET /rest/api/3/issue/SSIM-20/transitions', {
    status: 429,
    headers: { 'Retry-After': '1' },
  });
  const runId = await follow('SSIM-20');
  await portal.until(runId, 'branch-created', 'running');
  await portal.deliver('create', branch('SSIM-20-x'));
  await portal.until(runId, 'in-progress', 'completed');
  expect(issue.state).toBe('In Progress');
});

it('goes on from where the ticket is, and refuses one that is done', async () => {
  jira.add('SSIM-30', { state: 'In Review' });
  const runId = await follow('SSIM-30');
  const run = await portal.until(runId, 'pull-request', 'running');
  expect(run.steps.find(one => one.id === 'branch-created')?.status).toBe(
    'skipped',
  );
  jira.add('SSIM-31', { state: 'Done' });
  const done = await portal.until(await follow('SSIM-31'), 'ticket', 'failed');
  expect(done.steps.find(one => one.id === 'ticket')?.error?.message).toBe(
    'SSIM-31 is in “Done” already',
  );
});

it('says which systems there are when the name is wrong', async () => {
  const run = await portal.until(
    await follow('SSIM-1', 'jirra'),
    'ticket',
    'failed',
  );
  expect(run.steps.find(one => one.id === 'ticket')?.error).toEqual({
    name: 'InputError',
    message: 'system: found "jirra"; allowed: issues, jira',
  });
});

it('moves an issue of GitHub just the same', async () => {
  const issue = github.add(`${REPOSITORY}#142`);
  const runId = await follow(`${REPOSITORY}#142`, 'issues');
  await portal.until(runId, 'branch-created', 'running');
  await portal.deliver('create', branch('142-open'));
  await portal.until(runId, 'pull-request', 'running');
  expect(issue.labels).toEqual(['in progress']);
  // Merged at once: the same event is the pull request and its end.
  await portal.deliver('pull_request', pullRequest('142-open', 'closed', true));
  const run = await portal.until(runId, 'commit', 'completed');
  expect(run.status).toBe('completed');
  expect(issue).toMatchObject({ state: 'closed', reason: 'completed' });
  expect(issue.comments).toHaveLength(2);
});

it('moves the ticket of a bug while people fix it', async () => {
  const issue = jira.add('SSIM-50');
  const runId = await portal.begin('bug-fix', {
    ticket: 'SSIM-50',
    bug: 'The wallet does not open',
    tickets: 'jira',
  });
  await portal.complete(runId, 'reproduce', { reproduced: true, how: 'x' });
  const below = await portal.childOf(runId, 'ticket');
  await portal.until(below, 'branch-created', 'running');
  await portal.deliver('create', branch('SSIM-50-open'));
  await portal.until(below, 'in-progress', 'completed');
  expect(issue.state).toBe('In Progress');
  // Nobody has to say so.
  await portal.complete(runId, 'branch', { branch: 'SSIM-50-open' });
  await portal.until(runId, 'change', 'ready');
});

it('lets people do it where the portal knows no ticket system', async () => {
  const runId = await portal.begin(SOP, { ticket: 'SSIM-99' });
  const evidence = { branch: 'SSIM-99-x', in_progress: true };
  await expect(
    portal.complete(runId, 'branch-by-hand', {
      ...evidence,
      branch: 'SSIM-991-x',
    }),
  ).rejects.toThrow('The branch SSIM-991-x does not carry SSIM-99');
  await portal.complete(runId, 'branch-by-hand', evidence);
  await portal.complete(runId, 'link-by-hand', {
    pull_request: 'https://git.example/1',
    linked: true,
  });
  await portal.complete(runId, 'merged-by-hand', {
    commit: '0123abc',
    done: true,
  });
  expect((await portal.run(runId)).status).toBe('completed');
});
