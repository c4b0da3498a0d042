import { SopStep } from '../model/types';
import { Play, policyOf, specOf } from '../engine/testUtils';
import { pendingWork } from '../engine/queries';
import { PolicyWindow } from '../model/policy';

/** Thursday until Sunday. */
const freeze: PolicyWindow = {
  name: 'freeze',
  effect: 'deny',
  rrule: 'FREQ=WEEKLY;BYDAY=TH',
  duration: 'P4D',
};
const hours: PolicyWindow = {
  name: 'hours',
  effect: 'allow',
  rrule: 'FREQ=DAILY;BYHOUR=14',
  duration: 'PT2H',
};

const apply: SopStep = {
  id: 'apply',
  type: 'action',
  name: 'Apply',
  action: 'x:y',
  retry: { limit: 1, backoff: 'PT1S' },
};
const spec = specOf([apply]);
const thursday = Date.parse('2026-11-05T09:00:00.000Z');

function playAt(now: number) {
  const play = new Play(spec);
  play.now = now;
  return play;
}

it('keeps a step while a deny window holds, and says until when', () => {
  const play = playAt(thursday).under([policyOf('a', { windows: [freeze] })]);
  play.start();
  expect(play.step('apply')).toMatchObject({
    status: 'blocked',
    blocked: {
      blocks: [
        {
          kind: 'policy',
          ref: 'soppolicy:default/a',
          sentence: 'the policy Policy a denies it in the window “freeze”',
          until: '2026-11-09T00:00:00.000Z',
        },
      ],
    },
  });
  const event = play.events.find(({ type }) => type === 'step.blocked');
  expect(event?.data).toMatchObject({ policies: ['hash-a'] });

  const [work] = pendingWork(play.state!, spec);
  expect(work).toMatchObject({ kind: 'blocked' });
  play.now = Date.parse('2026-11-09T00:00:00.000Z');
  play.system({ type: 'timer-fired', stepId: 'apply', attempt: work.attempt });
  expect(play.step('apply').status).toBe('running');
});

it('waits until the windows of all policies are open together', () => {
  const play = playAt(thursday).under([
    policyOf('a', { windows: [freeze] }),
    policyOf('b', { windows: [hours] }),
  ]);
  play.start();
  expect(
    play.step('apply').blocked?.blocks.map(({ ref, until }) => [ref, until]),
  ).toEqual([
    ['soppolicy:default/a', '2026-11-09T14:00:00.000Z'],
    ['soppolicy:default/b', '2026-11-09T14:00:00.000Z'],
  ]);
});

it('goes by the policies of the moment while a step has not begun', () => {
  const play = playAt(thursday).under([policyOf('a', { windows: [freeze] })]);
  play.start();
  play.under([]);
  play.system({ type: 'timer-fired', stepId: 'apply', attempt: 1 });
  expect(play.step('apply').status).toBe('running');
});

it('keeps the next try of automation as well', () => {
  const wednesday = Date.parse('2026-11-04T23:59:50.000Z');
  const play = playAt(wednesday).under([policyOf('a', { windows: [freeze] })]);
  play.start();
  const order = { stepId: 'apply', attempt: 1 };
  play.system({ type: 'dispatch-action', ...order, try: 1 });
  play.system({
    type: 'action-failed',
    ...order,
    try: 1,
    error: { name: 'E', message: 'no' },
    retryable: true,
  });
  play.under([]).wait(60_000);
  // Under the policies it began under, whatever came since.
  play.system({ type: 'dispatch-action', ...order, try: 2 });
  expect(play.step('apply')).toMatchObject({
    status: 'blocked',
    policies: ['hash-a'],
  });
});

it('lets what undoes a step happen in a freeze', () => {
  const undo = specOf([
    { ...apply, compensation: { ...apply, type: 'action', name: 'Undo' } },
  ] as SopStep[]);
  const play = new Play(undo);
  play.now = Date.parse('2026-11-04T23:59:50.000Z');
  play.under([policyOf('a', { windows: [freeze] })]).start();
  play.system({ type: 'dispatch-action', stepId: 'apply', attempt: 1, try: 1 });
  play.wait(60_000);
  play.do('dev', { type: 'cancel', reason: 'stop', compensate: true });
  expect(play.step('compensate:apply').status).toBe('running');
});
