import { SopStep } from '../model/types';
import { EvidenceProblem } from './evidence';
import { replay } from './evolve';
import { progress, waitingFor } from './queries';
import { Play, specOf } from './testUtils';
import { AnyRunEvent } from './types';

const manual = (id: string, more: object = {}): SopStep => ({
  id,
  type: 'manual',
  name: `Do ${id}`,
  role: 'dev',
  ...more,
});
const approval = (id: string, more: object = {}): SopStep => ({
  id,
  type: 'approval',
  name: `Approve ${id}`,
  role: 'reviewer',
  ...more,
});

describe('manual steps', () => {
  const spec = specOf([
    manual('script', {
      evidence: [
        { id: 'rows_before', kind: 'number', integer: true, required: true },
        { id: 'rows_after', kind: 'number', integer: true, required: true },
      ],
      assert: [
        {
          that: 'evidence.rows_after >= evidence.rows_before',
          message: 'Rows went from ${{ evidence.rows_before }} to fewer',
        },
      ],
    }),
  ]);

  it('completes with typed evidence, and the run with its last step', () => {
    const play = new Play(spec).start().do('ana', {
      type: 'complete',
      stepId: 'script',
      evidence: { rows_before: 3, rows_after: 4 },
      comment: ' fine ',
    });
    expect(play.status).toBe('completed');
    expect(play.step('script')).toMatchObject({
      status: 'completed',
      evidence: { rows_before: 3, rows_after: 4 },
      comment: 'fine',
      actors: ['user:default/ana'],
    });
    expect(play.types()).toEqual([
      'run.started',
      'step.started script',
      'step.completed script',
      'run.completed',
    ]);
    expect(progress(play.state!, spec)).toEqual({ done: 1, total: 1 });
  });

  it.each([
    [{}, ['evidence.rows_before', 'evidence.rows_after']],
    [{ rows_before: 1.5, rows_after: 2 }, ['evidence.rows_before']],
    [{ rows_before: '1', rows_after: 2 }, ['evidence.rows_before']],
    [{ rows_before: 1, rows_after: 2, extra: 1 }, ['evidence.extra']],
    [{ rows_before: 4, rows_after: 2 }, ['evidence']],
  ])('refuses %p and names each path', (evidence, paths) => {
    const play = new Play(spec).start();
    const before = play.events.length;
    let thrown: (Error & { problems?: EvidenceProblem[] }) | undefined;
    try {
      play.do('dev', { type: 'complete', stepId: 'script', evidence });
    } catch (error) {
      thrown = error as Error;
    }
    expect(thrown?.name).toBe('InputError');
    expect(thrown?.problems?.map(problem => problem.path)).toEqual(paths);
    expect(play.events).toHaveLength(before);
  });

  it('refuses those who have no right, and says who has', () => {
    const play = new Play(spec).start();
    expect(() =>
      play.do('ben', { type: 'complete', stepId: 'script', evidence: {} }),
    ).toThrow('Only dev (developers) may do this.');
  });

  it('lets only the claimer work a claimed task, until it is released', () => {
    const play = new Play(specOf([manual('a')]))
      .start()
      .do('ana', { type: 'claim', stepId: 'a' });
    expect(play.step('a')).toMatchObject({
      status: 'reserved',
      claimedBy: 'user:default/ana',
    });
    expect(() => play.do('dev', { type: 'complete', stepId: 'a' })).toThrow(
      'ana has claimed this task',
    );
    expect(() => play.do('dev', { type: 'release', stepId: 'a' })).toThrow(
      'Only ana, who claimed it',
    );
    play
      .do('ana', { type: 'release', stepId: 'a' })
      .do('dev', { type: 'complete', stepId: 'a' });
    expect(play.status).toBe('completed');
  });

  it('refuses a stale command and a command on a closed run', () => {
    const play = new Play(specOf([manual('a')])).start();
    const seen = play.step('a').version;
    play
      .do('ana', { type: 'claim', stepId: 'a' })
      .do('ana', { type: 'release', stepId: 'a' });
    expect(() =>
      play.do('ana', { type: 'complete', stepId: 'a', taskVersion: seen }),
    ).toThrow('changed since you saw it');
    play.do('ana', { type: 'complete', stepId: 'a' });
    expect(() => play.do('ana', { type: 'claim', stepId: 'a' })).toThrow(
      'The run is over (completed)',
    );
    expect(() => play.do('dev', { type: 'cancel', reason: 'x' })).toThrow(
      'The run is over (completed)',
    );
  });

  it('refuses an unknown step and a command that does not fit the type', () => {
    const play = new Play(specOf([manual('a'), approval('b')])).start();
    expect(() => play.do('dev', { type: 'claim', stepId: 'zz' })).toThrow(
      'The procedure has no step "zz"',
    );
    expect(() => play.do('dev', { type: 'accept', stepId: 'a' })).toThrow(
      'is a manual step; it takes no "accept"',
    );
  });
});

describe('approval', () => {
  const four = (more: object) =>
    new Play(
      specOf([
        manual('script', {}),
        approval('review', {
          excludedOwners: ['initiator', 'actor:script'],
          ...more,
        }),
      ]),
    )
      .start('dev')
      .do('ana', { type: 'complete', stepId: 'script' });
  const vote = (
    play: Play,
    by: string,
    decision: 'approve' | 'reject',
    reason = 'because',
  ) => play.do(by, { type: 'vote', stepId: 'review', decision, reason });

  it('excludes who did the step, though a member of the role', () => {
    const play = four({});
    expect(() => vote(play, 'ana', 'approve')).toThrow(
      'You may not approve this: you did “Do script”. Ask reviewers.',
    );
    expect(() => vote(play, 'olu', 'approve')).toThrow(
      'Only reviewer (reviewers) may approve this.',
    );
    vote(play, 'ben', 'approve');
    expect(play.status).toBe('completed');
    expect(play.events.find(e => e.type === 'vote.cast')).toMatchObject({
      actor: 'user:default/ben',
      data: { basis: 'group:default/reviewers', required: 1, eligible: 3 },
    });
  });

  it('excludes the initiator', () => {
    const play = new Play(
      specOf([approval('review', { excludedOwners: ['initiator'] })]),
    ).start('ben');
    expect(() => vote(play, 'ben', 'approve')).toThrow('you started this run');
  });

  it.each([
    ['majority', ['ben'], 'running'],
    ['majority', ['ben', 'cho'], 'completed'],
    ['all', ['ben', 'cho'], 'running'],
    ['all', ['ben', 'cho', 'dia'], 'completed'],
    [2, ['dia'], 'running'],
    [2, ['dia', 'cho'], 'completed'],
    [9, ['ben', 'cho', 'dia'], 'running'],
  ])('quorum %p with votes of %p: %s', (quorum, voters, status) => {
    const play = four({ quorum });
    (voters as string[]).forEach(by => vote(play, by, 'approve'));
    expect(play.status).toBe(status);
  });

  it('takes more than half of an even number for a majority', () => {
    const play = new Play(
      specOf([approval('review', { quorum: 'majority' })]),
    ).start('dev');
    ['ana', 'ben'].forEach(by => vote(play, by, 'approve'));
    expect(play.status).toBe('running');
    vote(play, 'cho', 'approve');
    expect(play.status).toBe('completed');
  });

  it('counts one vote a person', () => {
    const play = four({ quorum: 2 });
    vote(play, 'ben', 'approve');
    expect(() => vote(play, 'ben', 'approve')).toThrow(
      'You have voted already',
    );
  });

  it('is ended by one rejection, or without veto by an impossible quorum', () => {
    const veto = four({ quorum: 2 });
    vote(veto, 'ben', 'reject', 'No rollback');
    expect(veto.status).toBe('held');
    expect(veto.step('review').error).toEqual({
      name: 'Rejected',
      message: 'No rollback',
    });

    const open = four({ quorum: 2, veto: false });
    vote(open, 'ben', 'reject');
    expect(open.status).toBe('running');
    vote(open, 'cho', 'reject');
    expect(open.status).toBe('held');
  });

  it('asks for a reason as its rule says', () => {
    expect(() => vote(four({}), 'ben', 'approve', ' ')).toThrow(
      'A reason is required',
    );
    expect(
      vote(four({ reason: 'on-reject' }), 'ben', 'approve', '').status,
    ).toBe('completed');
    expect(() =>
      vote(four({ reason: 'on-reject' }), 'ben', 'reject', ''),
    ).toThrow('A reason is required');
  });

  it('returns to earlier work, which everybody excluded stays excluded from', () => {
    const play = four({ onReject: { returnTo: 'script' } });
    vote(play, 'ben', 'reject', 'Add a rollback');
    expect(play.status).toBe('running');
    expect(play.step('script')).toMatchObject({ status: 'ready', attempt: 2 });
    expect(play.step('review')).toMatchObject({ status: 'pending' });
    play.do('dev', { type: 'complete', stepId: 'script' });
    // Ana wrote the first version, so she may not judge the second either.
    expect(() => vote(play, 'ana', 'approve')).toThrow('you did “Do script”');
    vote(play, 'ben', 'approve');
    expect(play.status).toBe('completed');
  });

  it('is closed to services and agents', () => {
    const play = four({});
    expect(() =>
      play.do(
        {
          ref: 'service:plugin:mcp-actions',
          kind: 'service',
          ownershipEntityRefs: ['group:default/reviewers'],
        },
        { type: 'vote', stepId: 'review', decision: 'approve', reason: 'x' },
      ),
    ).toThrow('Only a person may approve');
  });
});

describe('handoff', () => {
  const spec = specOf([
    manual('build'),
    {
      id: 'take',
      type: 'handoff',
      name: 'Take over',
      role: 'ops',
      onReturn: { returnTo: 'build' },
    },
  ]);

  it('waits for the receiver to accept', () => {
    const play = new Play(spec)
      .start()
      .do('dev', { type: 'complete', stepId: 'build' });
    expect(() => play.do('dev', { type: 'accept', stepId: 'take' })).toThrow(
      'Only ops (ops) may accept this.',
    );
    play.do('olu', { type: 'accept', stepId: 'take' });
    expect(play.status).toBe('completed');
  });

  it('goes back with a reason', () => {
    const play = new Play(spec)
      .start()
      .do('dev', { type: 'complete', stepId: 'build' })
      .do('olu', { type: 'return', stepId: 'take', reason: 'No docs' });
    expect(play.step('build')).toMatchObject({ status: 'ready', attempt: 2 });
  });
});

describe('switch and if', () => {
  const spec = specOf([
    manual('skip-me', { if: 'inputs.size > 5' }),
    {
      id: 'route',
      type: 'switch',
      name: 'Route',
      cases: [
        { if: 'inputs.size > 100', steps: [manual('big')] },
        { if: 'inputs.size > 1', steps: [manual('small')] },
      ],
    },
    manual('end'),
  ]);

  it('takes the first case that holds and skips the rest', () => {
    const play = new Play(spec).start('dev', { inputs: { size: 3 } });
    expect(play.step('skip-me').status).toBe('skipped');
    expect(play.step('big').status).toBe('skipped');
    expect(play.step('small').status).toBe('ready');
    expect(progress(play.state!, spec)).toEqual({ done: 0, total: 2 });
    play.do('dev', { type: 'complete', stepId: 'small' });
    expect(play.step('route').status).toBe('completed');
    expect(play.step('end').status).toBe('ready');
  });

  it('fails without a case, and says so', () => {
    const play = new Play(spec).start('dev', { inputs: { size: 1 } });
    expect(play.status).toBe('held');
    expect(waitingFor(play.state!, spec)).toMatchObject([
      { stepId: 'route', owners: ['user:default/dev', 'group:default/ops'] },
    ]);
  });

  it('fails the step when a condition cannot be evaluated', () => {
    const play = new Play(spec).start('dev');
    expect(play.step('skip-me').error?.message).toContain('No such key: size');
  });
});

describe('parallel', () => {
  const fork = (join?: unknown) =>
    specOf([
      {
        id: 'fork',
        type: 'parallel',
        name: 'Fork',
        join,
        branches: [
          { steps: [manual('a1'), manual('a2')] },
          { steps: [manual('b1')] },
          { steps: [manual('c1')] },
        ],
      } as SopStep,
      manual('end'),
    ]);
  const done = (play: Play, ...ids: string[]) =>
    ids.forEach(stepId => play.do('dev', { type: 'complete', stepId }));

  it('joins all branches', () => {
    const play = new Play(fork()).start();
    done(play, 'b1', 'a1', 'c1');
    expect(play.step('end').status).toBe('pending');
    done(play, 'a2');
    expect(play.step('end').status).toBe('ready');
  });

  it('joins any and cancels what is open', () => {
    const play = new Play(fork('any')).start();
    done(play, 'b1');
    expect(play.step('a1').status).toBe('cancelled');
    expect(play.step('a2').status).toBe('skipped');
    expect(play.step('end').status).toBe('ready');
    expect(() => done(play, 'c1')).toThrow('is cancelled');
  });

  it('joins two of three although one fails', () => {
    const play = new Play(fork({ atLeast: 2 })).start();
    play.do('dev', { type: 'report-failure', stepId: 'c1', reason: 'broken' });
    expect(play.status).toBe('running');
    done(play, 'b1', 'a1', 'a2');
    expect(play.step('end').status).toBe('ready');
  });

  it('names what failed first, and what is open after it', () => {
    const play = new Play(fork()).start();
    play.do('dev', { type: 'report-failure', stepId: 'c1', reason: 'broken' });
    expect(
      waitingFor(play.state!, play.spec).map(({ stepId }) => stepId),
    ).toEqual(['c1', 'a1', 'b1']);
  });

  it('holds the run on a failure while other branches go on', () => {
    const play = new Play(fork()).start();
    play.do('dev', { type: 'report-failure', stepId: 'c1', reason: 'broken' });
    expect(play.status).toBe('held');
    done(play, 'b1');
    play.do('dev', { type: 'retry', stepId: 'c1' });
    expect(play.status).toBe('running');
    done(play, 'c1', 'a1', 'a2', 'end');
    expect(play.status).toBe('completed');
  });
});

describe('compensation', () => {
  const undo = (name: string) => ({
    compensation: { type: 'manual', name: `Undo ${name}`, role: 'dev' },
  });
  const steps = [
    manual('a', undo('a')),
    manual('b'),
    manual('c', undo('c')),
    manual('d', undo('d')),
  ];
  const upTo = (play: Play, ...ids: string[]) => {
    play.start();
    ids.forEach(stepId => play.do('dev', { type: 'complete', stepId }));
    return play;
  };

  it('undoes completed steps in reverse order, each once', () => {
    const play = upTo(new Play(specOf(steps)), 'a', 'b', 'c').do('dev', {
      type: 'cancel',
      reason: 'Wrong day',
      compensate: true,
    });
    expect(play.status).toBe('compensating');
    expect(play.step('d').status).toBe('cancelled');
    expect(play.step('compensate:c').status).toBe('ready');
    expect(play.step('compensate:a').status).toBe('pending');
    play.do('dev', { type: 'complete', stepId: 'compensate:c' });
    expect(() =>
      play.do('dev', { type: 'complete', stepId: 'compensate:c' }),
    ).toThrow('is completed');
    play.do('dev', { type: 'complete', stepId: 'compensate:a' });
    expect(play.status).toBe('compensated');
    expect(
      play.types().filter(type => type.startsWith('step.compensated')),
    ).toEqual(['step.compensated c', 'step.compensated a']);
  });

  it('undoes a step once that was done again after a rejection', () => {
    const play = upTo(
      new Play(
        specOf([
          manual('a', undo('a')),
          approval('ok', { onReject: { returnTo: 'a' } }),
        ]),
      ),
      'a',
    )
      .do('ben', {
        type: 'vote',
        stepId: 'ok',
        decision: 'reject',
        reason: 'Again',
      })
      .do('dev', { type: 'complete', stepId: 'a' })
      .do('dev', { type: 'cancel', reason: 'x', compensate: true });
    expect(play.state?.compensation?.queue).toEqual(['a']);
  });

  it('begins by itself when the procedure says so', () => {
    const play = upTo(
      new Play(specOf(steps, { onFailure: { compensate: 'reverse' } })),
      'a',
      'b',
    ).do('dev', { type: 'report-failure', stepId: 'c', reason: 'broken' });
    expect(play.state).toMatchObject({
      status: 'compensating',
      compensation: { cause: 'failed', queue: ['a'] },
    });
  });

  it('is a choice of the people while the run is on hold', () => {
    const play = upTo(new Play(specOf(steps)), 'a').do('dev', {
      type: 'report-failure',
      stepId: 'b',
      reason: 'broken',
    });
    expect(() =>
      play.do('ben', { type: 'compensate', reason: 'undo' }),
    ).toThrow('Only dev, who started the run, or ops, who own the procedure');
    play.do('olu', { type: 'compensate', reason: 'undo' });
    expect(play.status).toBe('compensating');
  });

  it('holds when it fails itself and goes on after a retry', () => {
    const play = upTo(new Play(specOf(steps)), 'a', 'b', 'c')
      .do('dev', { type: 'cancel', reason: 'x', compensate: true })
      .do('dev', {
        type: 'report-failure',
        stepId: 'compensate:c',
        reason: 'locked',
      });
    expect(play.status).toBe('held');
    play.do('dev', { type: 'retry', stepId: 'compensate:c' });
    expect(play.status).toBe('compensating');
    play
      .do('dev', { type: 'complete', stepId: 'compensate:c' })
      .do('dev', { type: 'complete', stepId: 'compensate:a' });
    expect(play.status).toBe('compensated');
  });

  it('undoes automation whose outcome is unknown', () => {
    const play = new Play(
      specOf([
        {
          id: 'deploy',
          type: 'action',
          name: 'Deploy',
          action: 'x:y',
          compensation: { type: 'manual', name: 'Undo', role: 'dev' },
        },
      ]),
    )
      .start()
      .system({
        type: 'dispatch-action',
        stepId: 'deploy',
        attempt: 1,
        try: 1,
      })
      .do('dev', { type: 'cancel', reason: 'x', compensate: true });
    expect(play.state?.compensation?.queue).toEqual(['deploy']);
  });

  it('ends at once when there is nothing to undo', () => {
    expect(
      new Play(specOf(steps))
        .start()
        .do('dev', { type: 'cancel', reason: 'x', compensate: true }).status,
    ).toBe('cancelled');
  });

  it('can be given up', () => {
    const play = upTo(new Play(specOf(steps)), 'a')
      .do('dev', { type: 'report-failure', stepId: 'b', reason: 'broken' })
      .do('dev', { type: 'fail', reason: 'Not worth it' });
    expect(play.state).toMatchObject({
      status: 'failed',
      closeReason: 'Not worth it',
    });
  });
});

describe('roles', () => {
  it('knows the initiator and the owner of the target', () => {
    const play = new Play(
      specOf([
        manual('a', { role: 'initiator' }),
        manual('b', { role: 'target-owner' }),
      ]),
    ).start('dev', {
      target: {
        entityRef: 'component:default/pay',
        kind: 'Component',
        namespace: 'default',
        name: 'pay',
        owner: 'ops',
        metadata: {},
        spec: {},
      },
    });
    play.do('dev', { type: 'complete', stepId: 'a' });
    expect(play.step('b').potentialOwners).toEqual(['group:default/ops']);
    play.do('olu', { type: 'complete', stepId: 'b' });
    expect(play.status).toBe('completed');
  });

  it('fails a step that nobody could do', () => {
    const play = new Play(
      specOf([manual('b', { role: 'target-owner' })]),
    ).start();
    expect(play.step('b').error?.name).toBe('NobodyError');
  });

  it('lets the owners of the procedure release a claim and cancel', () => {
    const play = new Play(specOf([manual('a')]))
      .start()
      .do('ana', { type: 'claim', stepId: 'a' });
    expect(() => play.do('ben', { type: 'release', stepId: 'a' })).toThrow(
      'Only ana, who claimed it, or the owners of the procedure',
    );
    expect(() => play.do('ben', { type: 'cancel', reason: 'x' })).toThrow(
      'Only dev, who started the run',
    );
    play.do('olu', { type: 'release', stepId: 'a' });
    expect(play.step('a').status).toBe('ready');
    play.do('olu', { type: 'cancel', reason: 'Stop it' });
    expect(play.status).toBe('cancelled');
  });
});

describe('replay', () => {
  it('gives the same state as the run itself', () => {
    const play = new Play(specOf([manual('a'), approval('b')]))
      .start()
      .do('dev', { type: 'complete', stepId: 'a' });
    expect(replay(JSON.parse(JSON.stringify(play.events)))).toEqual(
      JSON.parse(JSON.stringify(play.state)),
    );
  });

  it('refuses what is not the journal of one run', () => {
    const { events } = new Play(specOf([manual('a')])).start();
    expect(() => replay([])).toThrow('empty');
    expect(() => replay(events.slice(1))).toThrow('must be run.started');
    expect(() => replay([events[0], { ...events[1], seq: 5 }])).toThrow(
      'Expected event 2; found 5',
    );
    expect(() =>
      replay([
        events[0],
        { ...events[1], type: 'nope' } as unknown as AnyRunEvent,
      ]),
    ).toThrow('Unknown event type nope');
  });
});
