import { ConfigReader } from '@backstage/config';
import { FakeJira } from '@handrail/test-servers';
import { readTicketSystems } from '../config';
import { TicketAdapter } from '../TicketAdapter';

let jira: FakeJira;
let adapter: TicketAdapter;

function connect(credentials: object): TicketAdapter {
  const tickets = [
    {
      name: 'desk',
      type: 'jira',
      baseUrl: `${jira.url}/`,
      projects: ['SSIM', 'SUP'],
      ...credentials,
    },
  ];
  return readTicketSystems(new ConfigReader({ sop: { tickets } })).get('desk')!;
}

beforeEach(async () => {
  jira = await new FakeJira(['SSIM', 'SUP', 'HR']).listen();
  adapter = connect({ email: jira.email, apiToken: jira.token });
});

afterEach(() => jira.stop());

describe('reading', () => {
  it.each([
    ['Basic', () => adapter],
    ['a bearer token', () => connect({ bearerToken: jira.bearer })],
  ])('reads a ticket with %s', async (_, get) => {
    jira.add('SSIM-7', { summary: 'Log in', state: 'In Review' });
    expect(await get().read('SSIM-7')).toEqual({
      key: 'SSIM-7',
      url: `${jira.url}/browse/SSIM-7`,
      title: 'Log in',
      state: 'In Review',
      category: 'in-progress',
      labels: [],
    });
  });

  it('takes the address of its page', async () => {
    jira.add('SUP-3');
    for (const path of [
      '/browse/SUP-3',
      '/servicedesk/customer/portal/1/SUP-3?x=1',
    ]) {
      const { key } = await adapter.read(`${jira.url}${path}`);
      expect(key).toBe('SUP-3');
    }
  });

  it.each([
    'HR-1',
    'ssim-1',
    'SSIM-0',
    'SSIM-1/../../user',
    'https://elsewhere.example/browse/SSIM-1',
    '',
  ])('refuses “%s” before anything is sent', async key => {
    await expect(adapter.read(key)).rejects.toThrow(
      `key: found "${key}"; allowed: a ticket of SSIM, SUP, such as SSIM-12`,
    );
    expect(jira.requests).toEqual([]);
  });

  it('says that a ticket is not there, in the words of Jira', async () => {
    await expect(adapter.read('SSIM-99')).rejects.toMatchObject({
      name: 'NotFoundError',
      message:
        'Jira “desk” answered 404: Issue does not exist or you do not have permission to see it.',
    });
  });

  it('says that the credentials are not taken, and does not repeat them', async () => {
    const wrong = connect({ email: jira.email, apiToken: 'wrong-token' });
    const read = wrong.read('SSIM-1');
    await expect(read).rejects.toMatchObject({
      name: 'AuthenticationError',
      message:
        'Jira “desk” does not take the credentials of the configuration (401)',
    });
    await expect(read).rejects.not.toThrow(/wrong-token/);
  });
});

describe('moving', () => {
  it('moves a ticket by the transition that leads to the state', async () => {
    const issue = jira.add('SSIM-7');
    expect(await adapter.transition('SSIM-7', ['in progress'])).toMatchObject({
      state: 'In Progress',
      category: 'in-progress',
      previous: 'To Do',
      changed: true,
    });
    expect(issue.state).toBe('In Progress');
  });

  it('does nothing when it is there already', async () => {
    jira.add('SSIM-7', { state: 'Done' });
    const moved = await adapter.transition('SSIM-7', ['Resolved', 'Done']);
    expect(moved).toMatchObject({ state: 'Done', changed: false });
    expect(jira.changes).toEqual([]);
  });

  it('takes the first state that can be reached', async () => {
    jira.add('SSIM-7', { state: 'In Progress' });
    const moved = await adapter.transition('SSIM-7', ['Resolved', 'Done']);
    expect(moved.state).toBe('Done');
  });

  it('names the states that can be reached', async () => {
    jira.add('SSIM-7', { state: 'In Progress' });
    await expect(adapter.transition('SSIM-7', ['Closed'])).rejects.toThrow(
      'to: found "Closed"; SSIM-7 is in "In Progress", from where these are allowed: To Do, In Review, Done',
    );
    expect(jira.changes).toEqual([]);
  });

  it('is done when the answer is lost but the ticket has moved', async () => {
    const issue = jira.add('SSIM-7');
    jira.fail('POST /rest/api/3/issue/SSIM-7/transitions', 'lost');
    const moved = await adapter.transition('SSIM-7', ['In Progress']);
    expect(moved).toMatchObject({ state: 'In Progress', changed: true });
    expect(issue.state).toBe('In Progress');
  });

  it('fails when it did not move', async () => {
    jira.add('SSIM-7');
    jira.fail('POST /rest/api/3/issue/SSIM-7/transitions', { status: 503 });
    await expect(
      adapter.transition('SSIM-7', ['In Progress']),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'Jira “desk” answered 503',
    });
  });
});

describe('creating', () => {
  const wanted = {
    project: 'SSIM',
    title: 'Wallet does\nnot open',
    description: 'Seen by two.\n\nSee https://desk.example/1, please.',
    labels: ['support'],
    idempotencyKey: 'run-1/create/1',
  };

  it('creates a ticket once for a key', async () => {
    const first = await adapter.create(wanted);
    expect(first).toEqual({
      key: 'SSIM-1',
      url: `${jira.url}/browse/SSIM-1`,
      title: 'Wallet does not open',
      created: true,
    });
    expect(await adapter.create(wanted)).toMatchObject({
      key: 'SSIM-1',
      created: false,
    });
    expect(await adapter.find('SSIM', wanted.idempotencyKey)).toMatchObject({
      key: 'SSIM-1',
    });
    expect(await adapter.find('SSIM', 'run-2/create/1')).toBeUndefined();
    const other = { ...wanted, idempotencyKey: 'run-2/create/1' };
    expect(await adapter.create(other)).toMatchObject({ key: 'SSIM-2' });
    expect(jira.issues.get('SSIM-1')).toMatchObject({
      summary: 'Wallet does not open',
      description: 'Seen by two.\n\nSee https://desk.example/1, please.',
      type: 'Task',
      labels: ['support', expect.stringMatching(/^handrail-[0-9a-f]{24}$/)],
    });
  });

  it.each<['lost' | { status: number }, string]>([
    ['lost', 'cannot be reached'],
    [{ status: 502 }, 'answered 502'],
  ])('does not know what came of it after %j', async (fault, said) => {
    jira.fail('POST /rest/api/3/issue', fault);
    await expect(adapter.create(wanted)).rejects.toMatchObject({
      name: 'OutcomeUnknownError',
      message: expect.stringContaining(said),
    });
    const found = await adapter.find('SSIM', wanted.idempotencyKey);
    expect(Boolean(found)).toBe(fault === 'lost');
  });

  it.each([
    [{ project: 'HR' }, 'project: found "HR"; allowed: SSIM, SUP'],
    [{ kind: 'Wish' }, 'answered 400: issuetype: Specify a valid issue type'],
  ])('refuses %j', async (more, message) => {
    await expect(adapter.create({ ...wanted, ...more })).rejects.toThrow(
      message,
    );
    expect(jira.issues.size).toBe(0);
  });
});

describe('linking', () => {
  it('links two tickets once, in the direction that is asked for', async () => {
    const [task, request] = [jira.add('SSIM-1'), jira.add('SUP-1')];
    const blocks = { key: 'SUP-1', relation: 'blocks' };
    expect(await adapter.link('SSIM-1', blocks)).toEqual({ linked: true });
    expect(await adapter.link('SSIM-1', blocks)).toEqual({ linked: false });
    expect(task.links).toEqual([{ type: 'Blocks', outward: 'SUP-1' }]);
    expect(request.links).toEqual([{ type: 'Blocks', inward: 'SSIM-1' }]);
    // The other way it says something else.
    const back = { key: 'SSIM-1', relation: 'Blocks' };
    expect(await adapter.link('SUP-1', back)).toEqual({ linked: true });
  });

  it('knows a link without a direction from both ends', async () => {
    jira.add('SSIM-1');
    jira.add('SUP-1');
    const relates = (key: string) => ({ key, relation: 'Relates' });
    await adapter.link('SSIM-1', relates('SUP-1'));
    expect(await adapter.link('SUP-1', relates('SSIM-1'))).toEqual({
      linked: false,
    });
  });

  it('names the kinds of links that there are', async () => {
    jira.add('SSIM-1');
    jira.add('SUP-1');
    await expect(
      adapter.link('SSIM-1', { key: 'SUP-1', relation: 'Likes' }),
    ).rejects.toThrow('relation: found "Likes"; allowed: Relates, Blocks');
  });

  it('links a page once', async () => {
    const issue = jira.add('SSIM-1');
    const page = { url: 'https://git.example/pull/1', title: 'Pull request 1' };
    await adapter.link('SSIM-1', page);
    await adapter.link('SSIM-1', page);
    expect(issue.remoteLinks).toMatchObject([page]);
  });
});

describe('commenting', () => {
  it('comments once for a key', async () => {
    const issue = jira.add('SUP-1');
    const comment = { text: 'Seen.', idempotencyKey: 'run-1/tell/1' };
    expect(await adapter.comment('SUP-1', comment)).toEqual({ added: true });
    // However many came after it.
    for (let n = 0; n < 120; n++) {
      issue.comments.push({ id: `x${n}`, text: 'x', properties: [] });
    }
    expect(await adapter.comment('SUP-1', comment)).toEqual({ added: false });
    await adapter.comment('SUP-1', { ...comment, idempotencyKey: 'another' });
    expect(issue.comments.filter(one => one.text === 'Seen.')).toHaveLength(2);
  });

  it('keeps what is for colleagues from who asked', async () => {
    const issue = jira.add('SUP-1');
    await adapter.comment('SUP-1', { text: 'Line\nby line', internal: true });
    expect(issue.comments).toMatchObject([
      {
        text: 'Line\nby line',
        properties: [{ key: 'sd.public.comment', value: { internal: true } }],
      },
    ]);
  });
});
