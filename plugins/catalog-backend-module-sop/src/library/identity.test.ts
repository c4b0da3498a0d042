import { JsonObject } from '@backstage/types';
import { procedureNamed } from './__testUtils__/library';
import { combine, PLANS, SIDE_PATHS } from './__testUtils__/plans';
import { Plan, Played, Player } from './__testUtils__/Player';

/** Plays with a portal that knows the other systems, or with people alone. */
function play(name: string, who: 'portal' | 'people', plan: Plan = {}): Played {
  const [portal = {}] = SIDE_PATHS[name] ?? [];
  const base = combine(PLANS[name] ?? {}, who === 'portal' ? portal : {});
  return new Player(procedureNamed(name).spec, combine(base, plan)).play(name);
}

/** What an action was called with, each time. */
function inputsOf({ events }: Played, action: string): JsonObject[] {
  return events.flatMap(event =>
    event.type === 'action.dispatched' && event.data.action === action
      ? [event.data.input]
      : [],
  );
}

const withItems = (items: string): Plan => ({
  evidence: { actions: { items } },
});

describe('the retrospective', () => {
  it.each([
    ['Split the test, Ana', ['Split the test, Ana']],
    [' One, Ana \n\n\tTwo, Bo\n', ['One, Ana', 'Two, Bo']],
    ['', []],
  ])('makes a ticket of each line of %j', (text, items) => {
    const { state } = play('sprint-retrospective', 'people', withItems(text));
    expect(state.status).toBe('completed');
    const tasks = items.map((_, n) => `tickets[${n}].create-by-hand`);
    const done = Object.values(state.steps)
      .filter(one => one.status === 'completed')
      .map(one => one.id)
      .filter(id => id.endsWith('.create-by-hand'));
    expect(done).toEqual(tasks);

    const played = play('sprint-retrospective', 'portal', withItems(text));
    expect(played.state.status).toBe('completed');
    expect(inputsOf(played, 'sop:create-ticket')).toEqual(
      items.map(title =>
        expect.objectContaining({ system: 'jira', project: 'SSIM', title }),
      ),
    );
  });
});

describe('the support request', () => {
  it('links the ticket that it creates to the one at the service desk', () => {
    const link = 'https://desk.example/browse/SUP-12';
    const played = play('service-desk-request', 'portal', { inputs: { link } });
    expect(inputsOf(played, 'sop:link-ticket')).toEqual([
      { system: 'jira', key: link, to: 'SSIM-9', relation: 'Relates' },
    ]);
    expect(inputsOf(played, 'sop:comment-ticket')).toMatchObject([
      {
        key: link,
        text: 'The development ticket is finished, in version text.',
        internal: true,
      },
    ]);
  });

  it('has one development ticket, also when development gives it back', () => {
    const played = play('service-desk-request', 'portal', {
      giveBack: ['to-development'],
    });
    const keys = inputsOf(played, 'sop:create-ticket').map(
      input => input.idempotencyKey,
    );
    expect(keys).toEqual(['run-1/development', 'run-1/development']);
  });

  it('ends in a rehearsal, which creates no ticket', () => {
    const { state } = play('service-desk-request', 'portal', {
      outputs: { create: { rehearsal: true, notCalled: 'sop:create-ticket' } },
    });
    expect(state.status).toBe('completed');
  });

  it('creates none where nothing has to be developed', () => {
    const played = play('service-desk-request', 'portal', {
      evidence: { triage: { development: false } },
    });
    expect(played.state.status).toBe('completed');
    expect(inputsOf(played, 'sop:create-ticket')).toEqual([]);
  });
});

describe('the knowledge base', () => {
  it('publishes what was reviewed', () => {
    const played = play('knowledge-base-upkeep', 'portal', {
      inputs: { page: 'Log in' },
    });
    expect(inputsOf(played, 'sop:publish-page')).toEqual([
      { wiki: 'handbook', space: 'KB', title: 'Log in', markdown: '# Text' },
    ]);
    expect(inputsOf(played, 'sop:publish-docs')).toEqual([
      {
        entityRef: 'component:default/shop',
        path: 'log-in',
        contains: 'Log in',
      },
    ]);
  });

  it('asks for the text where the portal publishes it', () => {
    expect(() =>
      play('knowledge-base-upkeep', 'portal', {
        evidence: { write: { text: ' ' } },
      }),
    ).toThrow('The portal can publish to handbook only what it has');
  });
});

describe('ticket transitions', () => {
  it('moves the ticket when Git says so', () => {
    const played = play('ticket-transitions', 'portal');
    expect(
      inputsOf(played, 'sop:transition-ticket').map(({ to }) => to),
    ).toEqual(['In Progress', ['Done', 'Resolved']]);
  });

  it.each([
    ['another ticket', { tickets: ['SSIM-90'] }],
    ['no ticket', {}],
  ])('waits at an event about %s', (_, event) => {
    const { state } = play('ticket-transitions', 'portal', {
      events: { 'branch-created': event },
    });
    expect(state.steps['branch-created'].status).toBe('running');
  });
});

describe.each(['story-to-production', 'bug-fix'])('%s', name => {
  it('has the ticket followed where the portal knows its system', () => {
    const { state, events } = play(name, 'portal');
    expect(state.status).toBe('completed');
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'child.requested',
        data: expect.objectContaining({
          sopRef: 'sop:default/ticket-transitions',
          inputs: { ticket: state.inputs.ticket, tickets: 'jira' },
        }),
      }),
    );
  });

  it.each(['branch', 'merge'])('else asks at %s whether it moved', id => {
    const field = id === 'branch' ? 'in_progress' : 'done';
    expect(() =>
      play(name, 'people', { evidence: { [id]: { [field]: false } } }),
    ).toThrow('Move the ticket to');
  });
});

it.each([
  'story-to-production',
  'bug-fix',
  'ticket-transitions',
  'service-desk-request',
  'knowledge-base-upkeep',
  'sprint-retrospective',
])('%s calls nothing in a portal that knows no other system', name => {
  const { state, events } = play(name, 'people');
  expect(state.status).toBe('completed');
  const types = events.map(event => event.type);
  expect(types).not.toContain('action.dispatched');
  expect(types).not.toContain('child.requested');
});
