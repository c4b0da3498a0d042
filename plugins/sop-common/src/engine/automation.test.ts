import { pendingWork } from './queries';
import { Play, specOf } from './testUtils';

describe('wait', () => {
  it.each([
    [{ duration: 'PT30M' }, '2026-11-02T09:30:01.000Z'],
    [{ untilTime: '14:00' }, '2026-11-02T14:00:00.000Z'],
    [{ untilTime: '09:00' }, '2026-11-03T09:00:00.000Z'],
    [
      { untilTime: '10:30', timezone: 'America/New_York' },
      '2026-11-02T15:30:00.000Z',
    ],
    [{ until: '${{ inputs.at }}' }, '2026-12-01T00:00:00.000Z'],
  ])('%p ends at %s', (when, dueAt) => {
    const play = new Play(
      specOf([{ id: 'soak', type: 'wait', name: 'Soak', ...when }]),
    ).start('dev', { inputs: { at: '2026-12-01T00:00:00Z' } });
    expect(play.step('soak').dueAt).toBe(dueAt);
    expect(pendingWork(play.state!, play.spec)).toEqual([
      { kind: 'wait', slot: 'step', stepId: 'soak', attempt: 1, dueAt },
    ]);
  });

  it('completes when its time has come, not before and not twice', () => {
    const play = new Play(
      specOf([{ id: 'soak', type: 'wait', name: 'Soak', duration: 'PT30M' }]),
    ).start();
    const fire = { type: 'timer-fired', stepId: 'soak', attempt: 1 } as const;
    expect(() => play.system(fire)).toThrow('is not due before');
    play.wait(30 * 60_000).system(fire);
    expect(play.status).toBe('completed');
    const count = play.events.length;
    play.system(fire);
    expect(play.events).toHaveLength(count);
  });
});

describe('automation', () => {
  const check = (more: object = {}) =>
    specOf([
      {
        id: 'probe',
        type: 'check',
        name: 'Probe',
        action: 'sop:http-get',
        input: { endpoint: '${{ inputs.endpoint }}' },
        expect: 'output.status == 200',
        message: 'Answered ${{ output.status }}',
        ...more,
      },
    ]);
  const dispatch = (n: number) =>
    ({ type: 'dispatch-action', stepId: 'probe', attempt: 1, try: n } as const);
  const result = (n: number, status: number) =>
    ({
      type: 'action-succeeded',
      stepId: 'probe',
      attempt: 1,
      try: n,
      output: { status },
    } as const);
  const inputs = { endpoint: 'portal' };

  it('is dispatched before it is called, with a key that names the attempt', () => {
    const play = new Play(check()).start('dev', { inputs });
    play.system(dispatch(1));
    expect(play.events[play.events.length - 1]).toMatchObject({
      type: 'action.dispatched',
      data: {
        input: { endpoint: 'portal' },
        idempotencyKey: 'run-1/probe/1',
        try: 1,
      },
    });
    expect(pendingWork(play.state!, play.spec)).toEqual([
      { kind: 'lease', slot: 'step', stepId: 'probe', attempt: 1, try: 1 },
    ]);
    play.system(result(1, 200));
    expect(play.status).toBe('completed');
  });

  it('is tried again with growing pauses, then fails in words', () => {
    const play = new Play(check({ retry: { limit: 2, backoff: 'PT10S' } }));
    play.start('dev', { inputs }).system(dispatch(1)).system(result(1, 500));
    const first = Date.parse(play.step('probe').dueAt!) - play.now;
    expect(() => play.system(dispatch(2))).toThrow('is not due before');
    play.wait(10_000).system(dispatch(2)).system(result(2, 500));
    const second = Date.parse(play.step('probe').dueAt!) - play.now;
    expect([first, second]).toEqual([10_000, 20_000]);
    play.wait(20_000).system(dispatch(3)).system(result(3, 503));
    expect(play.status).toBe('held');
    expect(play.step('probe').error).toEqual({
      name: 'CheckFailed',
      message: 'Answered 503',
    });
    play.do('dev', { type: 'retry', stepId: 'probe' });
    expect(play.step('probe')).toMatchObject({ status: 'running', attempt: 2 });
    expect(play.status).toBe('running');
  });

  it('ignores results that come twice, late, or from an older try', () => {
    const play = new Play(check({ retry: { limit: 1 } })).start('dev', {
      inputs,
    });
    const quiet = (command: Parameters<Play['system']>[0]) => {
      const count = play.events.length;
      play.system(command);
      expect(play.events).toHaveLength(count);
    };
    quiet(result(1, 200));
    play.system(dispatch(1));
    quiet(dispatch(1));
    quiet(result(2, 200));
    play.system(result(1, 500));
    quiet(result(1, 200));
    play.do('dev', { type: 'cancel', reason: 'stop' });
    quiet(dispatch(2));
  });

  it('tries again what may be repeated when an outcome was lost', () => {
    const lost = (n: number, retryable: boolean) =>
      ({
        type: 'action-failed',
        stepId: 'probe',
        attempt: 1,
        try: n,
        error: { name: 'OutcomeUnknownError', message: 'The call was lost' },
        retryable,
      } as const);
    const play = new Play(check()).start('dev', { inputs });
    play.system(dispatch(1)).system(lost(1, true));
    expect(play.step('probe').status).toBe('running');
    play.wait(60_000).system(dispatch(2)).system(result(2, 200));
    expect(play.status).toBe('completed');

    const once = new Play(check()).start('dev', { inputs });
    once.system(dispatch(1)).system(lost(1, false));
    expect(once.status).toBe('held');
  });

  it('fails when its input cannot be made', () => {
    const play = new Play(check()).start('dev').system(dispatch(1));
    expect(play.step('probe')).toMatchObject({ status: 'failed' });
    expect(play.step('probe').error?.message).toContain(
      'No such key: endpoint',
    );
  });
});
