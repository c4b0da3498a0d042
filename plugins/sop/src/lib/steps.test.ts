import type { SopStep } from '@handrail/plugin-sop-common';
import { sampleRun, sampleStep } from '../__testUtils__/samples';
import { currentStep, nextSteps } from './currentStep';
import { graphOf, joinId, wrapLabel } from './graph';
import { flattenTree, treeFromSpec, treeFromViews } from './steps';

const wait = (id: string): SopStep => ({
  id,
  type: 'wait',
  name: id.toUpperCase(),
  duration: 'PT1M',
});

const STEPS: SopStep[] = [
  wait('a'),
  {
    id: 'fork',
    type: 'parallel',
    name: 'Fork',
    branches: [
      { name: 'Left', steps: [wait('l1'), wait('l2')] },
      { steps: [wait('r')] },
    ],
  },
  {
    id: 'choice',
    type: 'switch',
    name: 'Choice',
    cases: [
      { name: 'Yes', if: 'inputs.x', steps: [wait('y')] },
      { if: 'inputs.z', steps: [] },
    ],
    default: { steps: [] },
  },
  wait('end'),
];

describe('graphOf', () => {
  const graph = graphOf(treeFromSpec(STEPS));
  const edges = graph.edges.map(({ from, to, label }) =>
    [from, to, label].filter(Boolean).join(' '),
  );

  it('forks and joins the branches of a parallel step', () => {
    expect(edges).toEqual(
      expect.arrayContaining([
        'a fork',
        'fork l1 Left',
        'l1 l2',
        'l2 fork:join',
        'fork r 2',
        'r fork:join',
        'fork:join choice',
      ]),
    );
    expect(graph.nodes.find(node => node.id === joinId('fork'))?.kind).toBe(
      'join',
    );
  });

  it('labels cases and merges those without steps into one arrow', () => {
    expect(edges).toEqual(
      expect.arrayContaining([
        'choice y Yes',
        'y end',
        'choice end inputs.z, otherwise',
      ]),
    );
    expect(edges).toHaveLength(10);
  });

  it('has nothing to draw for no steps', () => {
    expect(graphOf([])).toEqual({ nodes: [], edges: [] });
  });
});

describe('treeFromViews', () => {
  it('nests branches and keeps compensations beside the step they undo', () => {
    const tree = treeFromViews([
      sampleStep({ id: 'p', type: 'parallel' }),
      sampleStep({ id: 'one', parentId: 'p', branch: 'One', depth: 1 }),
      sampleStep({ id: 'two', parentId: 'p', branch: 'Two', depth: 1 }),
      sampleStep({
        id: 'compensate:one',
        name: 'Undo one',
        compensates: 'one',
      }),
    ]);
    expect(tree).toHaveLength(1);
    expect(tree[0].branches.map(branch => branch.label)).toEqual([
      'One',
      'Two',
    ]);
    expect(tree[0].branches[0].steps[0].undo).toBe('Undo one');
    expect(
      flattenTree(tree).map(({ node, depth }) => `${node.id} ${depth}`),
    ).toEqual(['p 0', 'one 1', 'two 1']);
  });
});

describe('currentStep', () => {
  it('prefers what the reader may do over what others must do', () => {
    const others = sampleStep({ id: 'others', status: 'ready' });
    const mine = sampleStep({
      id: 'mine',
      status: 'reserved',
      act: { allowed: true },
    });
    expect(currentStep({ steps: [others, mine] })?.id).toBe('mine');
    expect(currentStep({ steps: [others] })?.id).toBe('others');
  });

  it('skips the container of what runs, and ends at what happened last', () => {
    const container = sampleStep({
      id: 'p',
      type: 'parallel',
      status: 'running',
    });
    const timer = sampleStep({ id: 't', type: 'wait', status: 'running' });
    expect(currentStep({ steps: [container, timer] })?.id).toBe('t');
    const early = sampleStep({
      id: 'early',
      status: 'completed',
      endedAt: '2026-01-01T00:00:00Z',
    });
    const late = sampleStep({
      id: 'late',
      status: 'completed',
      endedAt: '2026-01-02T00:00:00Z',
    });
    expect(currentStep({ steps: [late, early] })?.id).toBe('late');
    expect(currentStep({ steps: [] })).toBeUndefined();
  });
});

describe('nextSteps', () => {
  it('goes on behind the parent at the end of a branch', () => {
    const { steps } = sampleRun();
    const run = { steps: [...steps, sampleStep({ id: 'close' })] };
    expect(nextSteps(run, 'script').map(step => step.id)).toEqual(['review']);
    expect(nextSteps(run, 'watch').map(step => step.id)).toEqual(['close']);
    expect(nextSteps(run, 'close')).toEqual([]);
    expect(nextSteps(run, 'unknown')).toEqual([]);
  });
});

describe('wrapLabel', () => {
  it('takes at most two lines and marks what it cut', () => {
    expect(wrapLabel('Short')).toEqual(['Short']);
    expect(wrapLabel('one two three', 7)).toEqual(['one two', 'three']);
    const cut = wrapLabel('alpha beta gamma delta epsilon', 10);
    expect(cut).toHaveLength(2);
    expect(cut[1]).toMatch(/…$/);
    expect(wrapLabel('x'.repeat(40), 10)[0]).toBe(`${'x'.repeat(9)}…`);
  });
});
