import { ActionStep, ManualStep, ParallelStep } from '../model/types';
import { describeEvent, describeRun } from '../view';
import { BLOCK_RULES } from './blocks';
import { pendingWork, waitingFor } from './queries';
import { person, Play, specOf } from './testUtils';
import { StepBlock } from './types';

const push: ActionStep = {
  id: 'push',
  type: 'action',
  name: 'Push',
  action: 'test:push',
  retry: { limit: 2, backoff: 'PT1M' },
};
const tell: ManualStep = {
  id: 'tell',
  type: 'manual',
  name: 'Tell',
  role: 'dev',
};
const lock: StepBlock = {
  kind: 'lock',
  sentence: 'another run holds the lock “x”',
  ref: 'x',
};
const until = '2026-11-02T12:00:00.000Z';
const window: StepBlock = {
  kind: 'window',
  sentence: 'the window “w” is closed',
  until,
};

describe('a blocked step', () => {
  /** What keeps each step now. */
  let keeps: Record<string, StepBlock[]>;
  const rule: (typeof BLOCK_RULES)[number] = (_, step) => keeps[step.id] ?? [];

  beforeEach(() => {
    keeps = {};
    BLOCK_RULES.push(rule);
  });

  afterEach(() => {
    BLOCK_RULES.splice(BLOCK_RULES.indexOf(rule), 1);
  });

  const events = (play: Play, from = 0) =>
    play.events.slice(from).map(event => event.type);

  it('does not begin, says why, and looks again when it is worth it', () => {
    keeps.tell = [window];
    const play = new Play(specOf([tell])).start();
    const state = play.state!;
    expect(events(play)).toEqual(['run.started', 'step.blocked']);
    expect(state.steps.tell).toMatchObject({
      status: 'blocked',
      attempt: 0,
      dueAt: until,
      blocked: { attempt: 1, blocks: [window] },
    });
    expect(pendingWork(state, play.spec)).toEqual([
      {
        kind: 'blocked',
        slot: 'step',
        stepId: 'tell',
        attempt: 1,
        dueAt: until,
      },
    ]);
    expect(waitingFor(state, play.spec)).toMatchObject([
      { stepId: 'tell', blocks: [window], owners: [], dueAt: until },
    ]);
    const view = describeRun(state, play.spec, {
      actor: person('dev'),
      revision: { title: 'T' },
      timeline: [],
    });
    expect(view.headline).toBe(
      '“Tell” is blocked because the window “w” is closed',
    );
    expect(view.steps[0]).toMatchObject({
      status: 'blocked',
      blocks: [window],
    });
    expect(describeEvent(play.events[1], play.spec)).toMatchObject({
      text: '“Tell” is blocked',
      detail: 'Blocked because the window “w” is closed',
    });
    expect(() => play.do('dev', { type: 'claim', stepId: 'tell' })).toThrow(
      'Blocked because the window “w” is closed.',
    );
    // The same again is no news; another reason is.
    play.system({ type: 'timer-fired', stepId: 'tell', attempt: 1 });
    expect(events(play)).toHaveLength(2);
    keeps.tell = [window, lock];
    play.system({ type: 'timer-fired', stepId: 'tell', attempt: 1 });
    expect(events(play, 2)).toEqual(['step.blocked']);
    keeps.tell = [];
    // Not a timer of another attempt.
    play.system({ type: 'timer-fired', stepId: 'tell', attempt: 2 });
    expect(events(play, 3)).toEqual([]);
    play.system({ type: 'timer-fired', stepId: 'tell', attempt: 1 });
    expect(events(play, 3)).toEqual(['step.unblocked', 'step.started']);
    expect(play.state!.steps.tell).toMatchObject({
      status: 'ready',
      attempt: 1,
      blocked: undefined,
    });
  });

  it('is looked at again with whatever happens in the run', () => {
    keeps.push = [lock];
    const both: ParallelStep = {
      id: 'both',
      type: 'parallel',
      name: 'Both',
      branches: [{ steps: [push] }, { steps: [tell] }],
    };
    const play = new Play(specOf([both])).start();
    expect(pendingWork(play.state!, play.spec)).toMatchObject([
      { kind: 'lock', stepId: 'push' },
    ]);
    keeps.push = [];
    play.do('dev', { type: 'claim', stepId: 'tell' });
    expect(events(play, 4)).toEqual([
      'task.claimed',
      'step.unblocked',
      'step.started',
    ]);
  });

  it('keeps an automated step from its next try, and lets the same attempt go on', () => {
    const play = new Play(specOf([push])).start();
    const dispatch = (n: number) =>
      play.system({
        type: 'dispatch-action',
        stepId: 'push',
        attempt: 1,
        try: n,
      });
    dispatch(1);
    play.system({
      type: 'action-failed',
      stepId: 'push',
      attempt: 1,
      try: 1,
      error: { name: 'E', message: 'no' },
      retryable: true,
    });
    play.now += 60_000;
    keeps.push = [window];
    dispatch(2);
    expect(play.state!.steps.push).toMatchObject({
      status: 'blocked',
      attempt: 1,
      blocked: { attempt: 1 },
    });
    keeps.push = [];
    play.system({ type: 'timer-fired', stepId: 'push', attempt: 1 });
    expect(pendingWork(play.state!, play.spec)).toMatchObject([
      { kind: 'dispatch', attempt: 1, try: 2 },
    ]);
    dispatch(2);
    expect(play.state!.steps.push).toMatchObject({
      status: 'running',
      dispatched: true,
      tries: 2,
    });
  });

  it('ends with its run', () => {
    keeps.tell = [lock];
    const play = new Play(specOf([tell])).start();
    play.do('dev', { type: 'cancel', reason: 'No' });
    expect(play.state).toMatchObject({
      status: 'cancelled',
      steps: { tell: { status: 'cancelled', blocked: undefined } },
    });
  });
});
