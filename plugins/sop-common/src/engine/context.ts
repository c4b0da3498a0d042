import { ExpressionContext } from '../expression';
import { SopSpec } from '../model/types';
import { itemStepId } from './expansion';
import { childLists, idsWithin, indexRun, indexSpec } from './specIndex';
import { RunState, StepState } from './types';

const cache = new WeakMap<RunState, ExpressionContext>();

/** The state of a step; pending when nothing happened to it yet. @public */
export function stepState(state: RunState, stepId: string): StepState {
  return (
    state.steps[stepId] ?? {
      id: stepId,
      status: 'pending',
      attempt: 0,
      version: 0,
      actors: [],
    }
  );
}

/**
 * What expressions of a run may refer to: `inputs`, `target`, `run` and
 * `steps.<id>.{status, evidence, output, comment, actor, votes}`; of a `forEach`
 * step that has begun also `items`, each with `item`, `label` and its `steps`.
 *
 * @param stepId - Whose expressions: inside a `forEach` step they refer to the
 * item by its variable, and to the steps of the same item by their plain ids.
 * @public
 */
export function expressionContext(
  state: RunState,
  spec: SopSpec,
  stepId?: string,
): ExpressionContext {
  const context = runContext(state, spec);
  const scope =
    stepId === undefined ? undefined : indexRun(state, spec).get(stepId)?.scope;
  if (!scope) {
    return context;
  }
  const { step, item } = scope;
  const steps = context.steps as Record<string, StepContext>;
  const one = steps[step.id].items?.[item];
  return one
    ? {
        ...context,
        [step.as]: one.item,
        steps: { ...steps, ...one.steps },
      }
    : context;
}

interface StepContext {
  items?: Array<{
    item: unknown;
    label: string;
    steps: Record<string, StepContext>;
  }>;
  [field: string]: unknown;
}

function runContext(state: RunState, spec: SopSpec): ExpressionContext {
  const known = cache.get(state);
  if (known) {
    return known;
  }
  const steps: Record<string, StepContext> = {};
  for (const id of indexRun(state, spec).keys()) {
    const step = stepState(state, id);
    steps[id] = {
      status: step.status,
      evidence: step.evidence ?? {},
      output: step.output ?? null,
      comment: step.comment ?? '',
      actor: step.actors[step.actors.length - 1] ?? '',
      votes: step.votes ?? [],
    };
  }
  for (const [id, items] of Object.entries(state.items ?? {})) {
    const forEach = indexSpec(spec).get(id)?.step;
    if (forEach) {
      const ids = idsWithin(childLists(forEach).map(one => one.steps));
      steps[id].items = items.map(({ value, label }, index) => ({
        item: value,
        label,
        steps: Object.fromEntries(
          ids.map(inner => [inner, steps[itemStepId(id, index, inner)]]),
        ),
      }));
    }
  }
  const context = {
    inputs: state.inputs,
    target: state.target ?? null,
    run: {
      id: state.runId,
      title: state.title,
      initiator: state.initiator,
      startedAt: state.startedAt,
      sop: state.sopRef,
    },
    steps,
  };
  cache.set(state, context);
  return context;
}
