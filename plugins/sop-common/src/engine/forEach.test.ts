import { JsonValue } from '@backstage/types';
import { ForEachStep, SopStep } from '../model/types';
import { openTasks, progress } from './queries';
import { replay } from './evolve';
import { Play, specOf } from './testUtils';

const decide: SopStep = {
  id: 'decide',
  type: 'manual',
  name: 'Decide',
  role: 'item-owner',
  evidence: [{ id: 'keep', kind: 'boolean', required: true }],
};
const confirm: SopStep = {
  id: 'confirm',
  type: 'approval',
  name: 'Confirm',
  role: 'reviewer',
  if: '!steps.decide.evidence.keep',
  question: 'Take ${{ group.name }} away?',
  excludedOwners: ['actor:decide'],
  onReject: { returnTo: 'decide' },
};
const review: ForEachStep = {
  id: 'review',
  type: 'forEach',
  name: 'Review',
  in: 'inputs.groups',
  as: 'group',
  label: '${{ group.name }}',
  owners: '${{ group.owner }}',
  steps: [decide, confirm],
};
const after: SopStep = {
  id: 'after',
  type: 'manual',
  name: 'After',
  role: 'ops',
  if: 'steps.review.items.exists(i, !i.steps.decide.evidence.keep)',
  instructions: 'x',
};
const GROUPS: JsonValue = [
  { name: 'admins', owner: 'group:default/developers' },
  { name: 'readers', owner: 'ops' },
];

function started(
  more: Partial<ForEachStep> = {},
  groups: JsonValue = GROUPS,
): Play {
  return new Play(specOf([{ ...review, ...more } as SopStep, after])).start(
    'cho',
    { inputs: { groups } },
  );
}

const keep = (item: number, yes: boolean) => ({
  type: 'complete' as const,
  stepId: `review[${item}].decide`,
  evidence: { keep: yes },
});
const tasks = (play: Play) =>
  openTasks(play.state!, play.spec).map(({ stepId, name, potentialOwners }) => [
    stepId,
    name,
    ...potentialOwners,
  ]);

it('asks the owner of each item, once, and keeps the list as it was', () => {
  const play = started();
  expect(tasks(play)).toEqual([
    ['review[0].decide', 'Decide: admins', 'group:default/developers'],
    ['review[1].decide', 'Decide: readers', 'group:default/ops'],
  ]);
  expect(play.state?.items?.review).toEqual([
    {
      value: { name: 'admins', owner: 'group:default/developers' },
      label: 'admins',
      owners: ['group:default/developers'],
    },
    {
      value: { name: 'readers', owner: 'ops' },
      label: 'readers',
      owners: ['group:default/ops'],
    },
  ]);
  expect(replay(play.events)).toEqual(play.state);
});

it('decides item by item', () => {
  const play = started().do('dev', keep(0, true)).do('olu', keep(1, false));
  expect(play.step('review[0].confirm').status).toBe('skipped');
  expect(tasks(play)).toEqual([
    ['review[1].confirm', 'Confirm: readers', 'group:default/reviewers'],
  ]);
  expect(progress(play.state!, play.spec)).toEqual({ done: 2, total: 4 });
  play.do('ben', {
    type: 'vote',
    stepId: 'review[1].confirm',
    decision: 'approve',
    reason: 'unused',
  });
  expect(play.step('review').status).toBe('completed');
  expect(tasks(play)).toEqual([['after', 'After', 'group:default/ops']]);
});

it('keeps to the rights of the item', () => {
  expect(() => started().do('dev', keep(1, false))).toThrow(
    'the owner of the item',
  );
});

it('leads a rejection back to the same item', () => {
  const play = started().do('ana', keep(0, false));
  expect(() =>
    play.do('ana', {
      type: 'vote',
      stepId: 'review[0].confirm',
      decision: 'approve',
      reason: 'mine',
    }),
  ).toThrow('you did “Decide: admins”');
  play.do('ben', {
    type: 'vote',
    stepId: 'review[0].confirm',
    decision: 'reject',
    reason: 'still used',
  });
  expect(play.step('review[0].decide')).toMatchObject({
    status: 'ready',
    attempt: 2,
  });
  expect(play.step('review[1].decide').attempt).toBe(1);
});

it('works on at most so many items at a time', () => {
  const play = started({ maxParallel: 1 });
  expect(tasks(play)).toHaveLength(1);
  play.do('dev', keep(0, true));
  expect(tasks(play)).toEqual([
    ['review[1].decide', 'Decide: readers', 'group:default/ops'],
  ]);
});

it.each<[ForEachStep['join'], number]>([
  ['any', 1],
  [{ atLeast: 2 }, 2],
  [{ atLeast: 9 }, 3],
  ['all', 3],
])('joins with %j after %s items', (join, count) => {
  const names = ['a', 'b', 'c'].map(name => ({ name, owner: 'ops' }));
  const play = started({ join }, names);
  for (let item = 0; item < count; item++) {
    expect(play.step('review').status).toBe('running');
    play.do('olu', keep(item, true));
  }
  expect(play.step('review').status).toBe('completed');
  for (let item = count; item < 3; item++) {
    expect(play.step(`review[${item}].decide`).status).toBe('cancelled');
  }
});

it('is done at once when there is nothing to do it for', () => {
  const play = started({}, []);
  expect(play.step('review').status).toBe('completed');
  expect(play.status).toBe('completed');
});

it('is skipped as a whole', () => {
  const play = started({ if: 'false' });
  expect(play.step('review').status).toBe('skipped');
  expect(play.state?.items).toBeUndefined();
});

it.each<[string, JsonValue, object, string]>([
  ['no list', 'groups', {}, 'in: found "groups"; allowed: a list'],
  [
    'ten thousand items',
    Array.from({ length: 10_000 }, () => ({ name: 'x', owner: 'ops' })),
    {},
    'in: found a list of 10000; allowed: at most 500 items, with 2 steps for each',
  ],
  [
    'a few very large items',
    [{ name: 'x'.repeat(70_000), owner: 'ops' }],
    {},
    'allowed: at most 65536',
  ],
  [
    'an owner who is nobody',
    [{ name: 'x', owner: 'component:default/x' }],
    {},
    'owners: found "component:default/x" for item 1',
  ],
])('refuses %s', (_, groups, more, message) => {
  const play = started(more, groups);
  expect(play.status).toBe('held');
  expect(play.step('review').error?.message).toContain(message);
  expect(play.state?.items).toBeUndefined();
});

it('takes the list anew when it is tried again', () => {
  const play = started({}, 'nonsense');
  play.do('cho', { type: 'retry', stepId: 'review' });
  expect(play.step('review')).toMatchObject({ status: 'failed', attempt: 2 });
});

it('tells items of one name apart', () => {
  const play = started({}, [
    { name: 'x', owner: 'ops' },
    { name: 'x', owner: 'ops' },
  ]);
  expect(tasks(play).map(([, name]) => name)).toEqual([
    'Decide: x (1)',
    'Decide: x (2)',
  ]);
});

it('undoes what was done for each item, latest first', () => {
  const undo = { type: 'manual' as const, name: 'Undo', role: 'item-owner' };
  const play = started({
    steps: [{ ...decide, compensation: undo } as SopStep],
  })
    .do('olu', keep(1, false))
    .do('dev', keep(0, true))
    .do('cho', { type: 'cancel', reason: 'x', compensate: true });
  expect(tasks(play)).toEqual([
    ['compensate:review[0].decide', 'Undo: admins', 'group:default/developers'],
  ]);
});
