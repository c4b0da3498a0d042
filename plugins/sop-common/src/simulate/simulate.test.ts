import { SopStep } from '../model/types';
import { policyOf, specOf } from '../engine/testUtils';
import { simulate, SimulationInput, Simulator } from '.';

const steps: SopStep[] = [
  {
    id: 'notes',
    type: 'manual',
    name: 'Notes',
    role: 'dev',
    evidence: [
      { id: 'tag', kind: 'text', required: true, pattern: 'v\\d+' },
      { id: 'rows', kind: 'number', minimum: 3, required: true },
    ],
    assert: [{ that: 'evidence.rows > 10', message: 'More' }],
  },
  {
    id: 'go',
    type: 'approval',
    name: 'Go',
    role: 'reviewer',
    excludedOwners: ['initiator', 'actor:notes'],
  },
  {
    id: 'apply',
    type: 'action',
    name: 'Apply',
    action: 'x:y',
    input: { tag: '${{ steps.notes.evidence.tag }}' },
  },
  { id: 'soak', type: 'wait', name: 'Soak', duration: 'PT30M' },
  {
    id: 'healthy',
    type: 'check',
    name: 'Healthy',
    action: 'x:z',
    expect: 'output.status == "green"',
  },
];
const members = {
  'group:default/developers': ['user:default/ana', 'user:default/dev'],
  'group:default/reviewers': ['user:default/ana', 'user:default/ben'],
};

function input(more: Partial<SimulationInput> = {}): SimulationInput {
  return {
    spec: specOf(steps),
    sopRef: 'sop:default/test',
    title: 'Test',
    initiator: 'user:default/dev',
    startAt: '2026-11-05T09:00:00.000Z',
    members,
    ...more,
  };
}

const freeze = policyOf('freeze', {
  windows: [
    {
      name: 'no-thursday',
      effect: 'deny',
      rrule: 'FREQ=WEEKLY;BYDAY=TH',
      duration: 'P4D',
    },
  ],
});

describe('simulate', () => {
  const timed = specOf(
    [
      {
        id: 'soak',
        type: 'wait',
        name: 'Soak',
        duration: 'PT30M',
        guard: { action: 'x:z', expect: 'output.ok', every: 'PT1M' },
      },
      {
        id: 'green',
        type: 'check',
        name: 'Green',
        action: 'x:z',
        expect: 'output.ok',
        maxAge: 'PT10M',
      },
      {
        id: 'go',
        type: 'approval',
        name: 'Go',
        role: 'reviewer',
        windows: ['slot'],
      },
    ],
    {
      windows: [
        {
          name: 'slot',
          effect: 'allow',
          rrule: 'FREQ=DAILY;BYHOUR=14',
          duration: 'PT4H',
          timezone: 'Etc/UTC',
        },
      ],
    },
  );

  it('takes guards to hold, and measures again what is too old to approve on', () => {
    const result = simulate(input({ spec: timed }));
    expect(result.outcome).toBe('completed');
    expect(
      result.steps.map(({ stepId, endsAt }) => [stepId, endsAt?.slice(11, 16)]),
    ).toEqual([
      ['soak', '09:30'],
      ['green', '14:16'],
      ['go', '14:16'],
    ]);
  });

  it('lets a guard fail when that is assumed', () => {
    const result = simulate(
      input({
        spec: timed,
        assumptions: { steps: { soak: { outcome: 'fail' } } },
      }),
    );
    expect(result.outcome).toBe('held');
    expect(result.steps[0]).toMatchObject({ stepId: 'soak', status: 'failed' });
  });

  it('plays items, events from elsewhere and sub-procedures', () => {
    const elsewhere = specOf([
      {
        id: 'list',
        type: 'manual',
        name: 'List',
        role: 'dev',
        evidence: [{ id: 'items', kind: 'text', pattern: '[a-z]+(,[a-z]+)*' }],
      },
      {
        id: 'all',
        type: 'forEach',
        name: 'All',
        in: 'steps.list.evidence.items.split(",")',
        as: 'item',
        steps: [{ id: 'one', type: 'manual', name: 'One', role: 'dev' }],
      },
      {
        id: 'merged',
        type: 'listen',
        name: 'Merged',
        topic: 'github.pull_request',
        correlate: 'event.payload.data.merged',
        timeout: 'P1D',
      },
      {
        id: 'sub',
        type: 'run',
        name: 'Sub',
        sop: 'sop:default/other',
        inputs: { of: '${{ steps.merged.output.data.number }}' },
      },
    ]);
    const list = { evidence: { items: 'a,b' } };
    const ends = (more: object) => {
      const result = simulate(
        input({
          spec: elsewhere,
          assumptions: { steps: { list, ...more } },
        }),
      );
      return [
        result.outcome,
        ...result.steps.map(one => [one.stepId, one.status]),
      ];
    };
    expect(ends({})).toEqual([
      'completed',
      ['list', 'completed'],
      ['all', 'completed'],
      ['all[0].one', 'completed'],
      ['all[1].one', 'completed'],
      ['merged', 'completed'],
      ['sub', 'completed'],
    ]);
    const fails = { outcome: 'fail' };
    expect(ends({ one: fails })).toContainEqual(['all[0].one', 'failed']);
    expect(ends({ merged: fails })).toContainEqual(['merged', 'failed']);
    expect(ends({ sub: fails })).toContainEqual(['sub', 'failed']);
  });

  it('plays the engine to the end and tells when each step is', () => {
    const result = simulate(input());
    expect(result.outcome).toBe('completed');
    expect(
      result.steps.map(({ stepId, beginsAt, endsAt }) => [
        stepId,
        beginsAt?.slice(11, 16),
        endsAt?.slice(11, 16),
      ]),
    ).toEqual([
      ['notes', '09:00', '09:15'],
      ['go', '09:15', '09:30'],
      ['apply', '09:30', '09:31'],
      ['soak', '09:31', '10:01'],
      ['healthy', '10:01', '10:02'],
    ]);
    expect(result.finishesAt).toBe('2026-11-05T10:02:00.000Z');
  });

  it('tells who can act, and who cannot and why', () => {
    const result = simulate(input());
    expect(result.steps[1].people).toEqual({
      eligible: ['user:default/ana', 'user:default/ben'],
      excluded: [],
      required: 1,
    });
    const other = simulate(input({ initiator: 'user:default/ana' }));
    expect(other.steps[1].people?.excluded).toEqual([
      {
        ref: 'user:default/ana',
        reason: 'ana may not: this person started this run',
      },
    ]);
  });

  it('meets windows and says from when to when', () => {
    const result = simulate(input({ policies: [freeze] }));
    expect(result.steps[2]).toMatchObject({
      reachedAt: '2026-11-05T09:30:00.000Z',
      beginsAt: '2026-11-09T00:00:00.000Z',
      blocks: [
        {
          ref: 'soppolicy:default/freeze',
          from: '2026-11-05T09:30:00.000Z',
          until: '2026-11-09T00:00:00.000Z',
        },
      ],
    });
    expect(result.finishesAt).toBe('2026-11-09T00:32:00.000Z');
  });

  it('is stuck where nobody is left, and says at which step', () => {
    const result = simulate(
      input({ policies: [policyOf('three', { minQuorum: 3 })] }),
    );
    expect(result).toMatchObject({ outcome: 'stuck' });
    expect(result.finishesAt).toBeUndefined();
    expect(result.reason).toMatch(/^“Go” needs 3 people, but 2 may act/);
  });

  it('takes the outcomes that are assumed', () => {
    const failing = simulate(
      input({ assumptions: { steps: { healthy: { outcome: 'fail' } } } }),
    );
    expect(failing).toMatchObject({
      outcome: 'held',
      reason: '“Healthy” failed: Assumed to fail',
    });
    const measured = simulate(
      input({
        assumptions: { steps: { healthy: { output: { status: 'red' } } } },
      }),
    );
    expect(measured.outcome).toBe('held');
    const refused = simulate(
      input({ assumptions: { steps: { go: { outcome: 'fail' } } } }),
    );
    expect(refused.reason).toContain('“Go” failed');
  });

  it('takes the time that is assumed', () => {
    const result = simulate(
      input({
        assumptions: {
          person: 'PT1H',
          automation: 'PT5M',
          steps: { apply: { takes: 'PT2H' } },
        },
      }),
    );
    // 1 h + 1 h + 2 h + 30 min + 5 min
    expect(result.finishesAt).toBe('2026-11-05T13:35:00.000Z');
  });

  it('takes unknown groups to have people, and says so', () => {
    const result = simulate(input({ members: {} }));
    expect(result.outcome).toBe('completed');
    expect(result.assumed).toContain('reviewers has people enough');
  });

  it('gives up on a procedure that goes round in circles', () => {
    const loop = specOf([
      { id: 'work', type: 'manual', name: 'Work', role: 'dev' },
      {
        id: 'go',
        type: 'approval',
        name: 'Go',
        role: 'reviewer',
        onReject: { returnTo: 'work' },
      },
    ]);
    const result = simulate(
      input({
        spec: loop,
        assumptions: { steps: { go: { outcome: 'fail' } } },
      }),
    );
    expect(result.outcome).toBe('stuck');
    expect(result.reason).toContain('sent back again and again');
  });

  it('fills in inputs that nobody has given yet', () => {
    const result = simulate(
      input({
        spec: specOf([{ ...steps[3], if: 'inputs.slow == false' } as SopStep], {
          runTitle: '${{ inputs.ticket }}',
          inputs: {
            type: 'object',
            properties: {
              slow: { type: 'boolean' },
              ticket: { type: 'string' },
            },
          },
        }),
      }),
    );
    expect(result.outcome).toBe('completed');
    expect(result.steps[0].status).toBe('completed');
  });
});

describe('Simulator', () => {
  it('goes on event by event, with outcomes of the moment', () => {
    const simulator = new Simulator(input());
    const kinds: string[] = [];
    for (let move = simulator.moves()[0]; move; [move] = simulator.moves()) {
      kinds.push(`${move.kind} ${move.stepId}`);
      simulator.play(
        move,
        move.kind === 'outcome' ? { outcome: 'fail' } : undefined,
      );
    }
    expect(kinds).toEqual([
      'task notes',
      'vote go',
      'dispatch apply',
      'outcome apply',
    ]);
    expect(simulator.state.status).toBe('held');
  });

  it('leaves nothing behind when the engine refuses', () => {
    const simulator = new Simulator(input());
    const [move] = simulator.moves();
    const before = simulator.now;
    expect(() => simulator.play({ ...move, by: 'user:default/ben' })).toThrow(
      'may do this',
    );
    expect(simulator.now).toBe(before);
    expect(simulator.moves()).toEqual([move]);
  });
});
