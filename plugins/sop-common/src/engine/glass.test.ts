import { SopStep } from '../model/types';
import { openReviews } from './glass';
import { lockRequests, openTasks, progress } from './queries';
import { person, Play, specOf } from './testUtils';
import { replay } from './evolve';

const go: SopStep = {
  id: 'go',
  type: 'approval',
  name: 'Go',
  role: 'reviewer',
  quorum: 2,
};
const deploy: SopStep = {
  id: 'deploy',
  type: 'manual',
  name: 'Deploy',
  role: 'dev',
  lock: 'production',
};
const started = (steps = [go, deploy]) =>
  new Play(
    specOf(steps, {
      breakGlass: { role: 'ops', reviewer: 'reviewer', reviewWithin: 'P1D' },
    }),
  ).start('dev');
const smash = (stepId: string, ...skips: string[]) => ({
  type: 'break-glass' as const,
  stepId,
  skips: skips as never,
  reason: 'Customers cannot pay',
});
const review = {
  type: 'complete' as const,
  stepId: 'review:1',
  evidence: { justified: 'yes', finding: 'The rota was empty' },
};

it('skips the gate that is named and nothing else', () => {
  const play = started().do('dev', smash('go', 'approval'));
  expect(play.step('go')).toMatchObject({
    status: 'completed',
    output: { decision: 'skipped', breakGlass: true },
  });
  expect(play.step('deploy').status).toBe('blocked');
  play.do('dev', smash('deploy', 'lock'));
  expect(play.step('deploy').status).toBe('ready');
  expect(lockRequests(play.state!)).toEqual([]);
});

it('makes somebody else review it, with a deadline', () => {
  const play = started().do('dev', smash('go', 'approval'));
  const [task] = openTasks(play.state!, play.spec).filter(
    one => one.stepId === 'review:1',
  );
  expect(task).toMatchObject({
    potentialOwners: ['group:default/reviewers'],
    excludedOwners: ['user:default/dev'],
    dueAt: new Date(play.now + 86_400_000).toISOString(),
  });
  expect(() => play.do('dev', review)).toThrow('may not act');
  expect(() => play.do({ ...person('ben'), kind: 'service' }, review)).toThrow(
    'Only a person may',
  );
  play.do('ben', review);
  expect(openReviews(play.state!)).toBe(0);
});

it('is reviewed also after the run is over, however it ended', () => {
  const play = started()
    .do('dev', smash('go', 'approval'))
    .do('dev', { type: 'cancel', reason: 'stop' });
  expect(play.status).toBe('cancelled');
  expect(openReviews(play.state!)).toBe(1);
  expect(openTasks(play.state!, play.spec)).toHaveLength(1);
  play.do('ben', review);
  expect(openReviews(play.state!)).toBe(0);
  expect(play.status).toBe('cancelled');
  expect(replay(play.events)).toEqual(play.state);
  expect(() => play.do('dev', { type: 'cancel', reason: 'again' })).toThrow(
    'The run is over',
  );
});

it('counts for the attempt only, and not as a step of the run', () => {
  const play = started([deploy]).do('dev', smash('deploy', 'lock'));
  expect(progress(play.state!, play.spec)).toEqual({ done: 0, total: 1 });
  play
    .do('dev', { type: 'report-failure', stepId: 'deploy', reason: 'x' })
    .do('dev', { type: 'retry', stepId: 'deploy' });
  expect(play.step('deploy').status).toBe('blocked');
});

it.each<[string, string, object, string]>([
  ['somebody without the role', 'cho', {}, 'NotAllowedError'],
  ['no reason', 'dev', { reason: ' ' }, 'InputError'],
  ['no gate', 'dev', { skips: [] }, 'InputError'],
  ['a gate that is not there', 'dev', { skips: ['window'] }, 'InputError'],
  ['a gate that is none', 'dev', { skips: ['evidence'] }, 'InputError'],
  ['a step that nothing keeps', 'dev', { stepId: 'deploy' }, 'ConflictError'],
  ['a stale version', 'dev', { taskVersion: 1 }, 'ConflictError'],
  ['no such step', 'dev', { stepId: 'nope' }, 'NotFoundError'],
])('refuses %s', (_, by, more, error) => {
  const play = started();
  const before = play.events.length;
  expect(() => play.do(by, { ...smash('go', 'approval'), ...more })).toThrow(
    expect.objectContaining({ name: error }),
  );
  expect(play.events).toHaveLength(before);
});

it('refuses a machine', () => {
  expect(() =>
    started().do(
      { ...person('dev'), kind: 'service' },
      smash('go', 'approval'),
    ),
  ).toThrow('Only a person may break the glass');
});

it('takes no failure as a review', () => {
  const play = started().do('olu', smash('go', 'approval'));
  expect(() =>
    play.do('ben', { type: 'report-failure', stepId: 'review:1', reason: 'x' }),
  ).toThrow('A review is completed');
});
