import {
  ActionStep,
  ForEachStep,
  ManualStep,
  SopCompensation,
  SopSpec,
  SopStep,
} from '../model/types';
import { isExpanded, specOfRun } from './expansion';
import { reviewSteps } from './glass';
import { RunState } from './types';

/** A step and its place in the procedure. @public */
export interface IndexedStep {
  step: SopStep;
  /** Position in document order, from 0. Compensations come last. */
  order: number;
  /** Nesting; 0 in the main sequence. */
  depth: number;
  /** The sequence it belongs to and its position there. */
  list: SopStep[];
  position: number;
  /** Id of the enclosing parallel or switch. */
  parentId?: string;
  /** Name of the enclosing branch or case. */
  branch?: string;
  /** For a compensation: the step it undoes. */
  compensates?: string;
  /** The review of a gate that was skipped; goes on after the run is over. */
  review?: boolean;
  /** Inside a `forEach` step that has begun: which item it is about. */
  scope?: ItemScope;
}

/** @public */
export interface ItemScope {
  step: ForEachStep;
  item: number;
}

/** All steps of a procedure by id. @public */
export type SpecIndex = Map<string, IndexedStep>;

const cache = new WeakMap<SopSpec, SpecIndex>();
const withReviews = new WeakMap<object, WeakMap<SpecIndex, SpecIndex>>();

/** Id of the task that undoes a step. @public */
export function compensationId(stepId: string): string {
  return `compensate:${stepId}`;
}

/**
 * The steps of a run by id. A `forEach` step that has begun has the steps of
 * every item, with ids such as `review[3].decide`; before that, its steps as the
 * procedure has them.
 * @public
 */
export function indexRun(
  state: Pick<RunState, 'items' | 'glass'>,
  spec: SopSpec,
): SpecIndex {
  const index = indexSpec(specOfRun(state, spec));
  const { glass } = state;
  if (!glass) {
    return index;
  }
  let known = withReviews.get(glass);
  if (!known) {
    known = new WeakMap();
    withReviews.set(glass, known);
  }
  let extended = known.get(index);
  if (!extended) {
    extended = new Map(index);
    const nameOf = (stepId: string) =>
      `“${index.get(stepId)?.step.name ?? stepId}”`;
    for (const place of reviewSteps(state, nameOf, index.size)) {
      extended.set(place.step.id, place);
    }
    known.set(index, extended);
  }
  return extended;
}

/**
 * Indexes a procedure by step id, branches and compensations included, in
 * document order. The result is kept for as long as the spec object lives.
 * @public
 */
export function indexSpec(spec: SopSpec): SpecIndex {
  const known = cache.get(spec);
  if (known) {
    return known;
  }
  const index: SpecIndex = new Map();
  addList(index, spec.steps, { depth: 0 });
  for (const { step, scope } of [...index.values()]) {
    if (step.compensation) {
      const undo = compensationStep(step.id, step.compensation);
      index.set(undo.id, {
        step: undo,
        order: index.size,
        depth: 0,
        list: [undo],
        position: 0,
        compensates: step.id,
        ...(scope ? { scope } : {}),
      });
    }
  }
  cache.set(spec, index);
  return index;
}

function addList(
  index: SpecIndex,
  list: SopStep[],
  place: Pick<IndexedStep, 'depth' | 'parentId' | 'branch' | 'scope'>,
): void {
  list.forEach((step, position) => {
    index.set(step.id, { step, order: index.size, list, position, ...place });
    for (const { key, name, steps } of childLists(step)) {
      const scope =
        isExpanded(step) && typeof key === 'number'
          ? { step, item: key }
          : place.scope;
      addList(index, steps, {
        depth: place.depth + 1,
        parentId: step.id,
        branch: name,
        ...(scope ? { scope } : {}),
      });
    }
  });
}

/**
 * The branches of a parallel, the cases of a switch or the items of a forEach,
 * with names.
 * @public
 */
export function childLists(
  step: SopStep,
): Array<{ key: number | 'default'; name: string; steps: SopStep[] }> {
  if (step.type === 'parallel') {
    return step.branches.map((branch, key) => ({
      key,
      name: branch.name ?? `Branch ${key + 1}`,
      steps: branch.steps,
    }));
  }
  if (step.type === 'forEach') {
    return isExpanded(step)
      ? step.expanded.map(({ name = '', steps }, key) => ({ key, name, steps }))
      : [{ key: 0, name: `Each ${step.as}`, steps: step.steps }];
  }
  if (step.type === 'switch') {
    const cases: ReturnType<typeof childLists> = step.cases.map((one, key) => ({
      key,
      name: one.name ?? `If ${one.if}`,
      steps: one.steps,
    }));
    if (step.default) {
      cases.push({
        key: 'default',
        name: step.default.name ?? 'Otherwise',
        steps: step.default.steps,
      });
    }
    return cases;
  }
  return [];
}

/** Ids of all steps in the lists, nested ones included. @public */
export function idsWithin(lists: SopStep[][]): string[] {
  return lists.flatMap(list =>
    list.flatMap(step => [
      step.id,
      ...idsWithin(childLists(step).map(child => child.steps)),
    ]),
  );
}

function compensationStep(
  stepId: string,
  compensation: SopCompensation,
): ManualStep | ActionStep {
  return { ...compensation, id: compensationId(stepId) };
}
