import { ExpressionContext } from '../expression';
import { SopSpec } from '../model/types';
import { indexSpec } from './specIndex';
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
 * `steps.<id>.{status, evidence, output, comment, actor, votes}`.
 * @public
 */
export function expressionContext(
  state: RunState,
  spec: SopSpec,
): ExpressionContext {
  const known = cache.get(state);
  if (known) {
    return known;
  }
  const steps: Record<string, unknown> = {};
  for (const id of indexSpec(spec).keys()) {
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
