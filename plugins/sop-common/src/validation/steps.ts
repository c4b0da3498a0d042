import { SopSpec, SopStep } from '../model/types';

/** A step and where it stands. @public */
export interface LocatedStep {
  step: SopStep;
  /** For example `spec.steps[2].branches[0].steps[1]`. */
  path: string;
  /** Path of the list that holds it, and its place there. */
  listPath: string;
  index: number;
  /** Ids of the steps before it in the same list. */
  earlierInList: string[];
  /** The parallel or switch step that contains it. */
  parent?: LocatedStep;
  /** 1 for `spec.steps`. */
  depth: number;
}

/** Every step, containers before what they contain, in document order. @public */
export function locateSteps(spec: SopSpec): LocatedStep[] {
  const located: LocatedStep[] = [];
  const visit = (
    steps: SopStep[],
    listPath: string,
    depth: number,
    parent?: LocatedStep,
  ) => {
    steps.forEach((step, index) => {
      const self: LocatedStep = {
        step,
        path: `${listPath}[${index}]`,
        listPath,
        index,
        earlierInList: steps.slice(0, index).map(({ id }) => id),
        parent,
        depth,
      };
      located.push(self);
      for (const list of nestedLists(step)) {
        visit(list.steps, `${self.path}.${list.path}`, depth + 1, self);
      }
    });
  };
  visit(spec.steps, 'spec.steps', 1);
  return located;
}

/** The step lists that a step contains, with their paths inside the step. */
function nestedLists(step: SopStep): Array<{ path: string; steps: SopStep[] }> {
  if (step.type === 'parallel') {
    return step.branches.map((branch, index) => ({
      path: `branches[${index}].steps`,
      steps: branch.steps,
    }));
  }
  if (step.type === 'forEach') {
    return [{ path: 'steps', steps: step.steps }];
  }
  if (step.type === 'switch') {
    const cases = step.cases.map((one, index) => ({
      path: `cases[${index}].steps`,
      steps: one.steps,
    }));
    return step.default
      ? [...cases, { path: 'default.steps', steps: step.default.steps }]
      : cases;
  }
  return [];
}

/**
 * How another step stands to this one in time. Only a step that comes `before`
 * can have been done when this one begins.
 */
export type Standing =
  | 'before'
  | 'self'
  | 'later'
  /** The other step contains this one. */
  | 'around'
  /** The other step is inside this one. */
  | 'inside'
  | 'other-branch'
  | 'other-case'
  /** The other step is done for each item of a list that this one is not about. */
  | 'for-each';

/** How `other` stands to `one`. */
export function standingOf(other: LocatedStep, one: LocatedStep): Standing {
  const around = forEachAround(one);
  return forEachAround(other).some(path => !around.includes(path))
    ? 'for-each'
    : placeOf(other, one);
}

/** Paths of the forEach steps that contain a step. */
function forEachAround({ parent }: LocatedStep): string[] {
  if (!parent) {
    return [];
  }
  const outer = forEachAround(parent);
  return parent.step.type === 'forEach' ? [...outer, parent.path] : outer;
}

function placeOf(other: LocatedStep, one: LocatedStep): Standing {
  const otherChain = chainOf(other);
  const oneChain = chainOf(one);
  for (let level = 0; ; level++) {
    const a = otherChain[level];
    const b = oneChain[level];
    if (!a || !b) {
      if (!a && !b) {
        return 'self';
      }
      return a ? 'inside' : 'around';
    }
    // Paths and not objects: YAML aliases can put one object in two places.
    if (a.listPath !== b.listPath) {
      return a.parent?.step.type === 'switch' ? 'other-case' : 'other-branch';
    }
    if (a.index !== b.index) {
      return a.index < b.index ? 'before' : 'later';
    }
  }
}

/** From the outermost container to the step itself. */
function chainOf(located: LocatedStep): LocatedStep[] {
  return located.parent ? [...chainOf(located.parent), located] : [located];
}
