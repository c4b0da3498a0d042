import { ListenStep, SopStep } from '../model/types';
import { listeners, lockRequests, pendingWork, waitingFor } from './queries';
import { Play, specOf } from './testUtils';
import { InboundEvent } from './types';

const after: SopStep = {
  id: 'after',
  type: 'manual',
  name: 'After',
  role: 'dev',
};
const deploy: SopStep = {
  id: 'deploy',
  type: 'manual',
  name: 'Deploy',
  role: 'dev',
  lock: 'production:${{ inputs.app }}',
};
const grant = { type: 'lock-granted' as const, stepId: 'deploy', attempt: 1 };
const kinds = (play: Play) =>
  pendingWork(play.state!, play.spec).map(({ kind, slot }) => [kind, slot]);

describe('a lock', () => {
  const started = (app: unknown = 'shop', more: object = {}) =>
    new Play(specOf([{ ...deploy, ...more } as SopStep, after])).start('dev', {
      inputs: { app } as never,
    });

  it('keeps the step until it is granted, and goes with the step', () => {
    const play = started();
    expect(play.step('deploy').status).toBe('blocked');
    expect(waitingFor(play.state!, play.spec)).toMatchObject([
      { blocks: [{ kind: 'lock', ref: 'production:shop' }] },
    ]);
    expect(lockRequests(play.state!)).toMatchObject([
      { stepId: 'deploy', key: 'production:shop' },
    ]);
    expect(kinds(play)).toEqual([['lock', 'step']]);
    play.system(grant);
    expect(play.step('deploy').status).toBe('ready');
    expect(lockRequests(play.state!)[0].acquiredAt).toBeDefined();
    play.do('dev', { type: 'complete', stepId: 'deploy' });
    expect(lockRequests(play.state!)).toEqual([]);
  });

  it.each<[string, (play: Play) => Play]>([
    [
      'fails',
      play =>
        play.do('dev', {
          type: 'report-failure',
          stepId: 'deploy',
          reason: 'x',
        }),
    ],
    ['is cancelled', play => play.do('dev', { type: 'cancel', reason: 'x' })],
  ])('goes when the step %s', (_, end) => {
    expect(lockRequests(end(started().system(grant)).state!)).toEqual([]);
    expect(
      lockRequests(started().do('dev', { type: 'cancel', reason: 'x' }).state!),
    ).toEqual([]);
  });

  it('stays while it is not known whether an action took effect', () => {
    const play = started('shop', {
      type: 'action',
      action: 'x:y',
      role: undefined,
    }).system(grant);
    play
      .system({ type: 'dispatch-action', stepId: 'deploy', attempt: 1, try: 1 })
      .system({
        type: 'action-failed',
        stepId: 'deploy',
        attempt: 1,
        try: 1,
        error: { name: 'OutcomeUnknownError', message: 'x' },
        retryable: false,
      });
    expect(play.step('deploy').status).toBe('in-doubt');
    expect(lockRequests(play.state!)).toHaveLength(1);
    play.do('olu', {
      type: 'resolve-doubt',
      stepId: 'deploy',
      outcome: 'done',
      reason: 'seen',
    });
    expect(lockRequests(play.state!)).toEqual([]);
  });

  it('is granted once, and not to a step that does not wait', () => {
    const play = started().system(grant);
    const before = play.events.length;
    play.system(grant);
    play.system({ ...grant, attempt: 2 });
    play.system({ ...grant, stepId: 'after' });
    expect(play.events).toHaveLength(before);
  });

  it('is asked for anew by another attempt', () => {
    const play = started()
      .system(grant)
      .do('dev', { type: 'report-failure', stepId: 'deploy', reason: 'x' })
      .do('dev', { type: 'retry', stepId: 'deploy' });
    expect(play.step('deploy').status).toBe('blocked');
    play.system({ ...grant, attempt: 2 });
    expect(play.step('deploy').status).toBe('ready');
  });

  it.each([
    ['a key that is empty', ''],
    ['one that is no text', { a: 1 }],
    ['one that is too long', 'x'.repeat(300)],
  ])('refuses %s', (_, app) => {
    const play = started(app, { lock: '${{ inputs.app }}' });
    expect(play.step('deploy').error?.message).toContain(
      'allowed: text of 1 to 200 characters',
    );
  });
});

describe('listening', () => {
  const listen: ListenStep = {
    id: 'listen',
    type: 'listen',
    name: 'Listen',
    topic: 'registry.confirmed',
    correlate: 'event.payload.ticket == inputs.ticket',
  };

  function started(more: Partial<ListenStep> = {}, before: SopStep[] = []) {
    return new Play(specOf([...before, { ...listen, ...more }, after])).start(
      'dev',
      { inputs: { ticket: 'T1' } },
    );
  }

  function event(play: Play, more: Partial<InboundEvent> = {}) {
    return {
      type: 'event-arrived' as const,
      stepId: 'listen',
      attempt: play.step('listen').attempt,
      event: {
        id: 'e1',
        source: 'registry',
        topic: 'registry.confirmed',
        receivedAt: new Date(play.now).toISOString(),
        payload: { ticket: 'T1', ok: true },
        ...more,
      },
    };
  }

  it('ends with the event of this run and keeps its payload', () => {
    const play = started();
    expect(listeners(play.state!, play.spec)).toEqual([
      { stepId: 'listen', attempt: 1, topic: 'registry.confirmed' },
    ]);
    expect(kinds(play)).toEqual([['find-event', 'event']]);
    play.system(event(play));
    expect(play.step('listen')).toMatchObject({
      status: 'completed',
      output: { ticket: 'T1', ok: true },
      events: ['registry/e1'],
    });
    expect(listeners(play.state!, play.spec)).toEqual([]);
  });

  it.each<[string, Partial<InboundEvent>]>([
    ['another ticket', { payload: { ticket: 'T2' } }],
    ['a payload without a ticket', { payload: {} }],
    ['no payload', { payload: null }],
    ['another topic', { topic: 'registry.refused' }],
    ['another source', { source: 'elsewhere' }],
    ['a time before the run', { receivedAt: '2026-11-02T08:59:59.000Z' }],
  ])('goes on waiting at an event with %s', (_, more) => {
    const play = started({ source: 'registry' });
    const before = play.events.length;
    play.system(event(play, more));
    expect(play.events).toHaveLength(before);
  });

  it('takes an event that came shortly before it listened, and no older one', () => {
    const first: SopStep = { ...after, id: 'first' } as SopStep;
    const late = started({ lookback: 'PT1M' }, [first]);
    const receivedAt = new Date(late.now).toISOString();
    late.wait(120_000).do('dev', { type: 'complete', stepId: 'first' });
    late.system(event(late, { receivedAt }));
    expect(late.step('listen').status).toBe('running');
    const soon = started({ lookback: 'PT5M' }, [first]);
    soon.wait(120_000).do('dev', { type: 'complete', stepId: 'first' });
    soon.system(event(soon, { receivedAt }));
    expect(soon.step('listen').status).toBe('completed');
  });

  it('fails when nothing comes in time', () => {
    const play = started({ timeout: 'PT1H' });
    expect(kinds(play)).toEqual([
      ['find-event', 'event'],
      ['wait', 'step'],
    ]);
    const fire = { type: 'timer-fired' as const, stepId: 'listen', attempt: 1 };
    expect(() => play.system(fire)).toThrow('is not due before');
    play.wait(3_600_000).system(fire);
    expect(play.step('listen').error).toEqual({
      name: 'TimeoutError',
      message: "No event “registry.confirmed” came in time that is this run's",
    });
    play.do('dev', { type: 'retry', stepId: 'listen' }).system(event(play));
    expect(play.step('listen').status).toBe('completed');
  });
});
