import { ConfigReader } from '@backstage/config';
import { FakeGithub } from '@handrail/test-servers';
import { readTicketSystems } from '../config';
import { TicketAdapter } from '../TicketAdapter';

const REPOSITORY = 'hollowbrook/identity-wallet';

let github: FakeGithub;
let adapter: TicketAdapter;

function connect(token: string, more: object = {}): TicketAdapter {
  const host = new URL(github.url).host;
  const config = new ConfigReader({
    integrations: { github: [{ host, apiBaseUrl: github.url, token }] },
    sop: {
      tickets: [
        {
          name: 'wallet',
          type: 'github',
          host,
          projects: [REPOSITORY],
          ...more,
        },
      ],
    },
  });
  return readTicketSystems(config).get('wallet')!;
}

beforeEach(async () => {
  github = await new FakeGithub([REPOSITORY]).listen();
  adapter = connect(github.token);
});

afterEach(() => github.stop());

it('reads an issue by its key or the address of its page', async () => {
  github.add(`${REPOSITORY}#7`, { title: 'Log in', labels: ['in progress'] });
  const expected = {
    key: `${REPOSITORY}#7`,
    url: `${github.url}/${REPOSITORY}/issues/7`,
    title: 'Log in',
    state: 'In Progress',
    category: 'in-progress',
    labels: ['in progress'],
  };
  expect(await adapter.read(`${REPOSITORY}#7`)).toEqual(expected);
  expect(await adapter.read(expected.url)).toEqual(expected);
});

it.each(['#7', 'hollowbrook/other#7', `${REPOSITORY}#0`, 'SSIM-1'])(
  'refuses “%s” before anything is sent',
  async key => {
    await expect(adapter.read(key)).rejects.toThrow(
      `key: found "${key}"; allowed: an issue of ${REPOSITORY}, such as ${REPOSITORY}#12`,
    );
    expect(github.requests).toEqual([]);
  },
);

it('refuses a pull request, which GitHub counts with the issues', async () => {
  github.add(`${REPOSITORY}#7`, { isPullRequest: true });
  await expect(adapter.read(`${REPOSITORY}#7`)).rejects.toThrow(
    `key: found the pull request ${REPOSITORY}#7; allowed: an issue`,
  );
});

it('says that the credentials are not taken', async () => {
  await expect(connect('wrong').read(`${REPOSITORY}#7`)).rejects.toMatchObject({
    name: 'AuthenticationError',
  });
});

describe('moving', () => {
  it('goes through all states and back, and leaves other labels alone', async () => {
    const issue = github.add(`${REPOSITORY}#7`, { labels: ['bug'] });
    const move = (to: string) => adapter.transition(`${REPOSITORY}#7`, [to]);
    expect(await move('In Progress')).toMatchObject({
      previous: 'To Do',
      state: 'In Progress',
      changed: true,
    });
    expect(issue).toMatchObject({
      state: 'open',
      labels: ['bug', 'in progress'],
    });
    expect(await move('Done')).toMatchObject({ category: 'done' });
    expect(issue).toMatchObject({
      state: 'closed',
      reason: 'completed',
      labels: ['bug'],
    });
    const changes = github.changes.length;
    expect(await move('done')).toMatchObject({ changed: false });
    expect(github.changes).toHaveLength(changes);
    expect(await move('In Progress')).toMatchObject({ previous: 'Done' });
    expect(issue).toMatchObject({
      state: 'open',
      labels: ['bug', 'in progress'],
    });
    expect(await move('To Do')).toMatchObject({ category: 'to-do' });
    expect(issue.labels).toEqual(['bug']);
  });

  it('has the states of the configuration', async () => {
    const states = [
      { name: 'New' },
      { name: 'Review', label: 'review' },
      { name: 'Released', closed: 'completed' },
      { name: 'Dropped', closed: 'not_planned' },
    ];
    const issue = github.add(`${REPOSITORY}#7`);
    const own = connect(github.token, { states });
    await own.transition(`${REPOSITORY}#7`, ['Dropped']);
    expect(issue).toMatchObject({ state: 'closed', reason: 'not_planned' });
    await own.transition(`${REPOSITORY}#7`, ['Released']);
    expect(issue).toMatchObject({ state: 'closed', reason: 'completed' });
    await expect(own.transition(`${REPOSITORY}#7`, ['Doing'])).rejects.toThrow(
      `to: found "Doing"; ${REPOSITORY}#7 is in "Released", from where these are allowed: New, Review, Dropped`,
    );
  });

  it('is taken up again where it broke off', async () => {
    const issue = github.add(`${REPOSITORY}#7`, { labels: ['in progress'] });
    github.fail('PATCH ', { status: 500 });
    const move = () => adapter.transition(`${REPOSITORY}#7`, ['Done']);
    await expect(move()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    await move();
    expect(issue).toMatchObject({ state: 'closed', labels: [] });
  });
});

it('creates an issue once for a key', async () => {
  const wanted = {
    project: REPOSITORY,
    title: 'Wallet',
    description: 'Seen.',
    idempotencyKey: 'run-1/--> <b>',
  };
  expect(await adapter.create(wanted)).toMatchObject({
    key: `${REPOSITORY}#1`,
    created: true,
  });
  // However many came after it.
  for (let n = 2; n < 140; n++) {
    github.add(`${REPOSITORY}#${n}`);
  }
  expect(await adapter.create(wanted)).toMatchObject({
    key: `${REPOSITORY}#1`,
    created: false,
  });
  expect(github.issues.get(`${REPOSITORY}#1`)?.body).toMatch(
    /^Seen\.\n\n<!-- handrail-[0-9a-f]{24} -->$/,
  );
});

it('does not know what came of an issue whose answer is lost', async () => {
  github.fail(`POST /repos/${REPOSITORY}/issues`, 'lost');
  const wanted = { project: REPOSITORY, title: 'x', idempotencyKey: 'k' };
  await expect(adapter.create(wanted)).rejects.toMatchObject({
    name: 'OutcomeUnknownError',
  });
  expect(await adapter.find(REPOSITORY, 'k')).toBeDefined();
});

it('links by a mention, once', async () => {
  const issue = github.add(`${REPOSITORY}#1`);
  github.add(`${REPOSITORY}#2`);
  const to = { key: `${REPOSITORY}#2`, relation: 'Relates' };
  expect(await adapter.link(`${REPOSITORY}#1`, to)).toEqual({ linked: true });
  expect(await adapter.link(`${REPOSITORY}#1`, to)).toEqual({ linked: false });
  expect(issue.comments).toHaveLength(1);
  expect(issue.comments[0]).toContain(`Relates: ${REPOSITORY}#2`);
});

it('says that it has no comments for colleagues only', async () => {
  github.add(`${REPOSITORY}#1`);
  await expect(
    adapter.comment(`${REPOSITORY}#1`, { text: 'x', internal: true }),
  ).rejects.toThrow('internal: found true; allowed: false');
});
