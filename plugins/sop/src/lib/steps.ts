import type {
  SopStep,
  SopStepType,
  StepView,
} from '@handrail/plugin-sop-common';

/** One way through a parallel or switch step. */
export interface StepBranch {
  /** Name of the branch or case. */
  label: string;
  steps: StepNode[];
}

/** A step as the diagram and the lists show it, of a procedure or of a run. */
export interface StepNode {
  id: string;
  name: string;
  type: SopStepType;
  /** Only in a run. */
  status?: string;
  /** CEL of the condition. */
  condition?: string;
  role?: string;
  action?: string;
  /** What is asked for as evidence. */
  evidence: string[];
  /** Name of the step that undoes this one. */
  undo?: string;
  /** Where a rejection or return leads. */
  returnTo?: string;
  branches: StepBranch[];
}

function branchesOf(step: SopStep): { label: string; steps: SopStep[] }[] {
  if (step.type === 'parallel') {
    return step.branches.map((branch, index) => ({
      label: branch.name ?? String(index + 1),
      steps: branch.steps,
    }));
  }
  if (step.type === 'forEach') {
    return [{ label: `∀ ${step.as}`, steps: step.steps }];
  }
  if (step.type === 'switch') {
    return [
      ...step.cases.map(one => ({
        label: one.name ?? one.if,
        steps: one.steps,
      })),
      ...(step.default
        ? [
            {
              label: step.default.name ?? 'otherwise',
              steps: step.default.steps,
            },
          ]
        : []),
    ];
  }
  return [];
}

function returnTarget(step: SopStep): string | undefined {
  if (step.type === 'approval') {
    return step.onReject?.returnTo;
  }
  return step.type === 'handoff' ? step.onReturn?.returnTo : undefined;
}

/** The steps of a procedure as a tree. */
export function treeFromSpec(steps: readonly SopStep[]): StepNode[] {
  return steps.map(step => ({
    id: step.id,
    name: step.name,
    type: step.type,
    condition: step.if,
    role: 'role' in step ? step.role : undefined,
    action: 'action' in step ? step.action : undefined,
    evidence:
      step.type === 'manual'
        ? (step.evidence ?? []).map(field => field.name ?? field.id)
        : [],
    undo: step.compensation?.name,
    returnTo: returnTarget(step),
    branches: branchesOf(step).map(branch => ({
      label: branch.label,
      steps: treeFromSpec(branch.steps),
    })),
  }));
}

/**
 * The steps of a run as a tree. Steps come in document order, so the branches
 * of a parent appear in the order of their first steps.
 */
export function treeFromViews(views: readonly StepView[]): StepNode[] {
  const undo = new Map(
    views.flatMap(view =>
      view.compensates ? [[view.compensates, view.name] as const] : [],
    ),
  );
  const nodes = new Map<string, StepNode>();
  const roots: StepNode[] = [];
  for (const view of views) {
    if (view.compensates) {
      continue;
    }
    const node: StepNode = {
      id: view.id,
      name: view.name,
      type: view.type,
      status: view.status,
      role: view.roleTitle ?? view.role,
      action: view.action,
      evidence: (view.evidenceFields ?? []).map(
        field => field.name ?? field.id,
      ),
      undo: undo.get(view.id),
      branches: [],
    };
    nodes.set(view.id, node);
    const parent = view.parentId ? nodes.get(view.parentId) : undefined;
    if (!parent) {
      roots.push(node);
      continue;
    }
    const label = view.branch ?? '';
    let branch = parent.branches.find(one => one.label === label);
    if (!branch) {
      branch = { label, steps: [] };
      parent.branches.push(branch);
    }
    branch.steps.push(node);
  }
  return roots;
}

/** A step with its depth and the branch it opens, in reading order. */
export interface FlatStep {
  node: StepNode;
  depth: number;
  branch?: string;
}

/** The tree line by line. */
export function flattenTree(
  tree: readonly StepNode[],
  depth = 0,
  branch?: string,
): FlatStep[] {
  return tree.flatMap(node => [
    { node, depth, branch },
    ...node.branches.flatMap(one =>
      flattenTree(one.steps, depth + 1, one.label),
    ),
  ]);
}

/**
 * Name of a step where its branch stands beside it: the steps of an item are
 * named “step: item”, and would say the item twice.
 */
export function nameInBranch(step: { name: string; branch?: string }): string {
  const end = `: ${step.branch}`;
  return step.branch && step.name.endsWith(end)
    ? step.name.slice(0, -end.length)
    : step.name;
}
