import { SopStep } from '../model/types';
import { describeAsked, describeHeadline, describeSteps } from '../view';
import { decide } from './decide';
import { evolve, replay } from './evolve';
import { openTasks, waitingFor } from './queries';
import { person, Play, specOf } from './testUtils';
import { Actor, TOUR_REPORTER, TourFinishedCommand } from './types';

const look: SopStep = {
  id: 'look',
  type: 'tour',
  name: 'First look',
  role: 'target',
  tour: 'tour:default/first-look',
};
const read: SopStep = {
  id: 'read',
  type: 'manual',
  name: 'Read',
  role: 'target',
};
const spec = specOf([look, read]);

const report: TourFinishedCommand = {
  type: 'tour-finished',
  stepId: 'look',
  tour: 'tour:default/first-look',
  tourVersion: 2,
  finishedAt: '2026-11-02T09:00:00.000Z',
};

function target(ref: string) {
  const [kind, name] = ref.split(/[:/]/).filter(part => part !== 'default');
  return {
    entityRef: ref,
    kind,
    namespace: 'default',
    name,
    metadata: {},
    spec: {},
  };
}

/** A run about Dev that Olu started. */
const started = (about = 'user:default/dev', of = spec) =>
  new Play(of).start('olu', { target: target(about) });

function send(
  play: Play,
  change: Partial<TourFinishedCommand> = {},
  facts: { actor?: Actor; reporter?: string } = {},
) {
  const now = new Date(play.now + 1000).toISOString();
  const events = decide(
    play.state,
    { ...report, ...change },
    {
      now,
      spec: play.spec,
      actor: person('dev'),
      reporter: TOUR_REPORTER,
      ...facts,
    },
  );
  for (const event of events) {
    play.state = evolve(play.state, event);
  }
  play.events.push(...events);
  return events;
}

describe('a tour step', () => {
  it('opens a task for the person the run is about', () => {
    const play = started();
    const state = play.state!;
    expect(openTasks(state, spec)).toMatchObject([
      { stepId: 'look', type: 'tour', potentialOwners: ['user:default/dev'] },
    ]);
    expect(describeAsked(state, spec, 'look')).toBe(
      'Take the tour: First look',
    );
    expect(
      describeHeadline({ status: 'running', waiting: waitingFor(state, spec) }),
    ).toBe('Waiting for dev to take the tour “First look”');
    const [step] = describeSteps(state, spec, { actor: person('dev') });
    expect(step).toMatchObject({
      tour: 'tour:default/first-look',
      act: { allowed: true },
    });
  });

  it('is about whoever started the run when that has no target', () => {
    const play = new Play(spec).start('ana');
    expect(play.step('look').potentialOwners).toEqual(['user:default/ana']);
  });

  it('takes a group as what the run is about', () => {
    const play = started('group:default/reviewers');
    send(play, {}, { actor: person('ben') });
    expect(play.step('look')).toMatchObject({
      status: 'completed',
      actors: ['user:default/ben'],
    });
  });

  it('fails where nobody could take it', () => {
    const play = started('component:default/shop');
    expect(play.step('look')).toMatchObject({
      status: 'failed',
      error: { name: 'NobodyError' },
    });
    expect(play.status).toBe('held');
  });

  it('is completed by the report, in the name of the person', () => {
    const play = started();
    send(play);
    expect(play.step('look')).toMatchObject({
      status: 'completed',
      actors: ['user:default/dev'],
      output: {
        tour: 'tour:default/first-look',
        tourVersion: 2,
        finishedAt: '2026-11-02T09:00:00.000Z',
        reportedBy: TOUR_REPORTER,
      },
    });
    expect(play.step('read').status).toBe('ready');
    expect(play.events.at(-2)).toMatchObject({
      type: 'step.completed',
      actor: 'user:default/dev',
      data: { basis: 'user:default/dev' },
    });
    expect(replay(play.events)).toEqual(play.state);
  });

  it.each([
    ['again', (play: Play) => send(play)],
    [
      'after the run is over',
      (play: Play) => play.do('olu', { type: 'cancel', reason: 'x' }),
    ],
    [
      'after it failed',
      (play: Play) =>
        play.do('dev', { type: 'report-failure', stepId: 'look', reason: 'x' }),
    ],
  ])('changes nothing with a report that comes %s', (_name, before) => {
    const play = started();
    before(play);
    const { state } = play;
    expect(send(play)).toEqual([]);
    expect(play.state).toBe(state);
  });

  it.each<[string, Partial<TourFinishedCommand>, object, string, string]>([
    [
      'a person reports',
      {},
      { reporter: undefined },
      'NotAllowedError',
      'Only the onboarding back end',
    ],
    [
      'another service reports',
      {},
      { reporter: 'service:plugin:catalog' },
      'NotAllowedError',
      'Only the onboarding back end',
    ],
    [
      'somebody else took it',
      {},
      { actor: person('ana') },
      'NotAllowedError',
      'Only the person it is about (dev) may take this.',
    ],
    [
      'another tour was taken',
      { tour: 'tour:default/other' },
      {},
      'InputError',
      'command.tour: found "tour:default/other"; allowed: tour:default/first-look',
    ],
    [
      'it is another type of step',
      { stepId: 'read' },
      {},
      'InputError',
      'command.stepId: found "read", a manual step; allowed: a tour step',
    ],
    [
      'there is no such step',
      { stepId: 'lok' },
      {},
      'NotFoundError',
      'no step "lok"',
    ],
  ])('refuses when %s', (_name, change, facts, name, message) => {
    const play = started();
    const { state } = play;
    expect(() => send(play, change, facts)).toThrow(
      expect.objectContaining({
        name,
        message: expect.stringContaining(message),
      }),
    );
    expect(play.state).toBe(state);
  });

  it('refuses a report about a step that is not reached', () => {
    const later = specOf([read, look]);
    const play = started('user:default/dev', later);
    expect(() => send(play)).toThrow('"First look" is not reached yet');
  });

  it('keeps out whom the step excludes', () => {
    const excluding = specOf([{ ...look, excludedOwners: ['initiator'] }]);
    const play = new Play(excluding).start('dev');
    expect(() => send(play)).toThrow('you started this run');
  });

  it.each([
    [
      'complete',
      'is completed by taking the tour tour:default/first-look to its end',
    ],
    ['claim', 'A tour is not claimed'],
    ['accept', 'it takes no "accept"'],
  ] as const)('refuses "%s" of the person', (type, message) => {
    const play = started();
    expect(() => play.do('dev', { type, stepId: 'look' })).toThrow(message);
  });
});
