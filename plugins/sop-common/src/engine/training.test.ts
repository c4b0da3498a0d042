import { actPermit } from '../view';
import { decide } from './decide';
import { evolve } from './evolve';
import { person, Play, specOf } from './testUtils';
import { ACKNOWLEDGEMENT_REQUIRED, trainingRefusal } from './training';
import { AnyRunEvent, Facts, HumanCommand, RunMode, RunState } from './types';

const spec = specOf(
  [
    { id: 'write', type: 'manual', name: 'Write it', role: 'dev' },
    { id: 'review', type: 'approval', name: 'Review', role: 'reviewer' },
    {
      id: 'hand',
      type: 'handoff',
      name: 'Hand over',
      role: 'ops',
      question: 'Yours?',
    },
  ],
  { document: { number: 'SOP-9', revision: '3', training: 'required' } },
);
const AT = '2026-11-01T08:00:00.000Z';

function start(mode?: RunMode): RunState {
  const events = decide(
    undefined,
    {
      type: 'start',
      runId: 'run-1',
      sopRef: 'sop:default/test',
      revisionHash: 'hash',
      title: 'Test run',
      inputs: {},
      ...(mode ? { mode } : {}),
    },
    { now: AT, actor: person('dev'), spec },
  );
  return events.reduce<RunState | undefined>(evolve, undefined) as RunState;
}

function send(
  state: RunState,
  by: string,
  command: { type: string; stepId: string },
  facts: Partial<Facts> = {},
): { state: RunState; events: AnyRunEvent[] } {
  const events = decide(
    state,
    {
      taskVersion: state.steps[command.stepId].version,
      ...command,
    } as HumanCommand,
    {
      now: AT,
      actor: person(by),
      spec,
      members: new Play(spec).members,
      ...facts,
    },
  );
  return { events, state: events.reduce(evolve, state) };
}

describe('a procedure whose revision has to be acknowledged', () => {
  it.each([
    ['claim', {}],
    ['complete', {}],
    ['report-failure', { reason: 'no' }],
  ])('refuses %s by somebody who has not', (type, more) => {
    expect(() =>
      send(start(), 'dev', { type, stepId: 'write', ...more }),
    ).toThrow(
      expect.objectContaining({
        name: 'NotAllowedError',
        code: ACKNOWLEDGEMENT_REQUIRED,
        message:
          'You have not acknowledged revision 3 of SOP-9 yet. Read it and acknowledge it, then you may work on its tasks.',
      }),
    );
  });

  it('lets the others in, and writes when they acknowledged it', () => {
    const facts = { acknowledgedAt: AT };
    const claimed = send(
      start(),
      'dev',
      { type: 'claim', stepId: 'write' },
      facts,
    );
    expect(claimed.events[0].data).toEqual({
      stepId: 'write',
      basis: 'group:default/developers',
      acknowledgedAt: AT,
    });
    // Giving a task back needs no training.
    const released = send(claimed.state, 'dev', {
      type: 'release',
      stepId: 'write',
    });
    const done = send(
      released.state,
      'dev',
      { type: 'complete', stepId: 'write' },
      facts,
    );
    expect(done.events[0]).toMatchObject({
      type: 'step.completed',
      data: { acknowledgedAt: AT },
    });
    const vote = {
      type: 'vote',
      stepId: 'review',
      decision: 'approve',
      reason: 'fine',
    };
    expect(() => send(done.state, 'ben', vote)).toThrow(/not acknowledged/);
    const voted = send(done.state, 'ben', vote, facts);
    expect(voted.events[0]).toMatchObject({
      type: 'vote.cast',
      data: { acknowledgedAt: AT },
    });
    const accept = { type: 'accept', stepId: 'hand' };
    expect(() => send(voted.state, 'olu', accept)).toThrow(/not acknowledged/);
    expect(send(voted.state, 'olu', accept, facts).events[0]).toMatchObject({
      data: { acknowledgedAt: AT },
    });
  });

  it('says who has no right before it speaks of training', () => {
    expect(() =>
      send(start(), 'olu', { type: 'claim', stepId: 'write' }),
    ).toThrow(/may do this/);
  });

  it('asks for nothing in a rehearsal', () => {
    const state = start('rehearsal');
    expect(state.mode).toBe('rehearsal');
    const { events } = send(
      state,
      'dev',
      { type: 'claim', stepId: 'write' },
      { acknowledgedAt: AT },
    );
    expect(events[0].data).toEqual({
      stepId: 'write',
      basis: 'group:default/developers',
    });
  });

  it('keeps services out, which cannot read', () => {
    expect(
      trainingRefusal(
        start(),
        spec,
        { ref: 'service:robot', kind: 'service', ownershipEntityRefs: [] },
        undefined,
      ),
    ).toBe(
      'Only people who have acknowledged revision 3 of SOP-9 may work on its tasks; service:robot is not a person.',
    );
  });

  it('shows the refusal to who looks', () => {
    const state = start();
    const actor = person('dev');
    expect(actPermit(state, spec, 'write', { actor })).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('not acknowledged'),
    });
    expect(
      actPermit(state, spec, 'write', { actor, acknowledgedAt: AT }),
    ).toEqual({ allowed: true });
  });
});
