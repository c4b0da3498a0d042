import { SopStep } from '../model/types';
import { openTasks, pendingWork, waitingFor } from './queries';
import { person, Play, specOf } from './testUtils';

const deploy: SopStep = {
  id: 'deploy',
  type: 'action',
  name: 'Deploy',
  action: 'x:y',
  inDoubt: { role: 'reviewer', excludedOwners: ['initiator'] },
  compensation: { type: 'manual', name: 'Undo deploy', role: 'dev' },
};
const after: SopStep = {
  id: 'after',
  type: 'manual',
  name: 'After',
  role: 'dev',
};

function lost(steps: SopStep[] = [deploy, after], by = 'dev'): Play {
  return new Play(specOf(steps))
    .start(by)
    .system({ type: 'dispatch-action', stepId: 'deploy', attempt: 1, try: 1 })
    .system({
      type: 'action-failed',
      stepId: 'deploy',
      attempt: 1,
      try: 1,
      error: { name: 'OutcomeUnknownError', message: 'The line went dead' },
      retryable: false,
    });
}

const resolve = (outcome: 'done' | 'not-done' | 'compensate') => ({
  type: 'resolve-doubt' as const,
  stepId: 'deploy',
  outcome,
  reason: 'Looked at the cluster',
});

it('asks the role of the step, and nothing else goes on', () => {
  const play = lost();
  expect(play.status).toBe('running');
  expect(openTasks(play.state!, play.spec)).toMatchObject([
    {
      stepId: 'deploy',
      status: 'in-doubt',
      role: 'reviewer',
      potentialOwners: ['group:default/reviewers'],
      excludedOwners: ['user:default/dev'],
    },
  ]);
  expect(waitingFor(play.state!, play.spec)).toMatchObject([
    { stepId: 'deploy', owners: ['group:default/reviewers'] },
  ]);
  expect(pendingWork(play.state!, play.spec)).toEqual([]);
});

it('asks the owners of the procedure when the step names nobody', () => {
  const play = lost([{ ...deploy, inDoubt: undefined } as SopStep, after]);
  expect(play.step('deploy').potentialOwners).toEqual(['group:default/ops']);
  play.do('olu', resolve('done'));
  expect(play.step('deploy').status).toBe('completed');
});

it('goes on when a person confirms the effect', () => {
  const play = lost().do('ben', resolve('done'));
  expect(play.types().slice(-3)).toEqual([
    'doubt.resolved deploy',
    'step.completed deploy',
    'step.started after',
  ]);
  expect(play.step('deploy')).toMatchObject({
    comment: 'Looked at the cluster',
    actors: ['user:default/dev', 'user:default/ben'],
  });
});

it('calls again, under another key, only after a person said that nothing came of it', () => {
  const play = lost().do('ben', resolve('not-done'));
  expect(play.step('deploy')).toMatchObject({ status: 'running', attempt: 2 });
  play.system({
    type: 'dispatch-action',
    stepId: 'deploy',
    attempt: 2,
    try: 1,
  });
  const keys = play.events.flatMap(event =>
    event.type === 'action.dispatched' ? [event.data.idempotencyKey] : [],
  );
  expect(new Set(keys).size).toBe(2);
});

it('rolls back what may have happened', () => {
  const play = lost().do('ben', resolve('compensate'));
  expect(play.status).toBe('compensating');
  play.do('dev', { type: 'complete', stepId: 'compensate:deploy' });
  expect(play.status).toBe('compensated');
});

it.each<[string, string, object, string]>([
  ['the initiator, who is excluded', 'dev', {}, 'NotAllowedError'],
  ['somebody else', 'zoe', {}, 'NotAllowedError'],
  ['no reason', 'ben', { reason: ' ' }, 'InputError'],
  ['another outcome', 'ben', { outcome: 'maybe' }, 'InputError'],
  ['a stale version', 'ben', { taskVersion: 1 }, 'ConflictError'],
  ['a step that is not in doubt', 'ben', { stepId: 'after' }, 'InputError'],
  ['no such step', 'ben', { stepId: 'nope' }, 'NotFoundError'],
])('refuses %s', (_, by, more, error) => {
  const play = lost();
  const before = play.events.length;
  expect(() => play.do(by, { ...resolve('done'), ...more })).toThrow(
    expect.objectContaining({ name: error }),
  );
  expect(play.events).toHaveLength(before);
});

it('refuses a machine, whatever groups it is in', () => {
  expect(() =>
    lost().do({ ...person('ben'), kind: 'service' }, resolve('done')),
  ).toThrow('Only a person may say');
});

it('takes a decision once', () => {
  const play = lost().do('ben', resolve('done'));
  expect(() => play.do('cho', resolve('not-done'))).toThrow('not in doubt');
});

it('ends with the run', () => {
  const play = lost().do('dev', { type: 'cancel', reason: 'stop' });
  expect(play.step('deploy').status).toBe('cancelled');
  expect(play.status).toBe('cancelled');
});

it('counts as done to a rollback that a person asks for meanwhile', () => {
  const play = lost().do('dev', {
    type: 'cancel',
    reason: 'stop',
    compensate: true,
  });
  expect(play.state?.compensation?.queue).toEqual(['deploy']);
});
