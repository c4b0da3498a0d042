import { SopStep } from '../model/types';
import { MAX_RUN_DEPTH } from './children';
import { pendingWork } from './queries';
import { Play, specOf } from './testUtils';

const sub: SopStep = {
  id: 'sub',
  type: 'run',
  name: 'Restore',
  sop: 'sop:default/restore',
  inputs: { from: '${{ inputs.backup }}' },
};
const after: SopStep = {
  id: 'after',
  type: 'manual',
  name: 'After',
  role: 'dev',
};
const procedures = { 'sop:default/restore': 'b'.repeat(64) };

function started(steps: SopStep[] = [sub, after], more: object = {}): Play {
  return new Play(specOf(steps)).start('dev', {
    inputs: { backup: 'monday' },
    procedures,
    ...more,
  });
}

const ended = (status: 'completed' | 'cancelled', more: object = {}) => ({
  type: 'child-ended' as const,
  stepId: 'sub',
  attempt: 1,
  runId: 'run-2',
  status,
  output: { runId: 'run-2' },
  ...more,
});

const kinds = (play: Play) =>
  pendingWork(play.state!, play.spec).map(one => one.kind);

it('asks for the frozen revision with the inputs filled in', () => {
  const play = started();
  expect(play.events[play.events.length - 1]).toMatchObject({
    type: 'child.requested',
    data: {
      stepId: 'sub',
      attempt: 1,
      sopRef: 'sop:default/restore',
      revisionHash: 'b'.repeat(64),
      inputs: { from: 'monday' },
    },
  });
  expect(kinds(play)).toEqual(['start-child']);
});

it('asks for a pinned revision whatever is frozen', () => {
  const hash = 'c'.repeat(64);
  const play = started([
    { ...sub, revision: 'pinned', revisionHash: hash } as SopStep,
  ]);
  expect(play.state?.children?.['sub/1'].revisionHash).toBe(hash);
});

it('ends as the run below ends', () => {
  const play = started();
  play.system({
    type: 'child-started',
    stepId: 'sub',
    attempt: 1,
    runId: 'run-2',
  });
  expect(kinds(play)).toEqual([]);
  play.system(ended('completed'));
  expect(play.step('sub')).toMatchObject({
    status: 'completed',
    output: { runId: 'run-2' },
  });
  expect(play.step('after').status).toBe('ready');
});

it('fails with the reason of the run below, and asks for another one when it is tried again', () => {
  const play = started().system(ended('cancelled', { reason: 'no backup' }));
  expect(play.status).toBe('held');
  expect(play.step('sub').error?.message).toBe(
    'The run of sop:default/restore was cancelled: no backup',
  );
  play.do('dev', { type: 'retry', stepId: 'sub' });
  expect(play.state?.children?.['sub/2']).toMatchObject({ attempt: 2 });
  expect(kinds(play)).toEqual(['start-child']);
});

it('takes each report once', () => {
  const play = started().system(ended('completed'));
  const before = play.events.length;
  play.system(ended('completed'));
  play.system(ended('cancelled'));
  play.system({
    type: 'child-started',
    stepId: 'sub',
    attempt: 1,
    runId: 'run-2',
  });
  expect(play.events).toHaveLength(before);
});

it('refuses the report of another run', () => {
  const play = started().system({
    type: 'child-started',
    stepId: 'sub',
    attempt: 1,
    runId: 'run-2',
  });
  expect(() => play.system(ended('completed', { runId: 'run-3' }))).toThrow(
    'found run-3; allowed: run-2',
  );
});

it('fails when the run cannot be started', () => {
  const play = started().system({
    type: 'child-refused',
    stepId: 'sub',
    attempt: 1,
    error: { name: 'InputError', message: 'inputs.from: not a date' },
  });
  expect(play.step('sub').error?.message).toBe('inputs.from: not a date');
  expect(play.status).toBe('held');
});

it('has the run below cancelled when it is cancelled itself', () => {
  const play = started().do('dev', { type: 'cancel', reason: 'stop' });
  expect(play.status).toBe('cancelled');
  expect(kinds(play)).toEqual(['cancel-child']);
});

it('undoes nothing before the run below has ended', () => {
  const first: SopStep = {
    ...after,
    id: 'first',
    compensation: { type: 'manual', name: 'Undo', role: 'dev' },
  } as SopStep;
  const play = started([first, sub])
    .do('dev', { type: 'complete', stepId: 'first' })
    .system({
      type: 'child-started',
      stepId: 'sub',
      attempt: 1,
      runId: 'run-2',
    })
    .do('dev', { type: 'cancel', reason: 'stop', compensate: true });
  expect(play.step('compensate:first').status).toBe('pending');
  expect(kinds(play)).toEqual(['cancel-child']);
  play.system(ended('cancelled'));
  expect(play.step('compensate:first').status).toBe('ready');
});

it('is bounded in depth', () => {
  const play = started([sub], { depth: MAX_RUN_DEPTH });
  expect(play.step('sub').error?.message).toContain('does a procedure call');
  expect(play.state?.children).toBeUndefined();
});

describe('a run below', () => {
  const parent = { runId: 'run-0', stepId: 'sub', attempt: 1 };

  it('tells its parent that it started and that it ended', () => {
    const play = started([after], { parent, depth: 1 });
    expect(play.events[0].actor).toBeUndefined();
    expect(play.state?.initiator).toBe('user:default/dev');
    expect(kinds(play)).toEqual(['link']);
    play.do('dev', { type: 'complete', stepId: 'after' });
    expect(kinds(play)).toEqual(['report']);
  });

  it('ends when its parent no longer waits, once', () => {
    const play = started([after], { parent, depth: 1 });
    const end = {
      type: 'parent-ended' as const,
      reason: 'not needed',
      compensate: false,
    };
    play.system(end);
    expect(play.status).toBe('cancelled');
    const before = play.events.length;
    play.system(end);
    expect(play.events).toHaveLength(before);
  });
});
