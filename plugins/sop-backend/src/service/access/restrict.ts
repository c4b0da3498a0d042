import {
  Permit,
  RunState,
  RunView,
  SopSpec,
  StepView,
  TaskItem,
} from '@handrail/plugin-sop-common';
import { Decisions } from './Decisions';

type LoadedRun = { state: RunState; spec: SopSpec };

/** A permit taken back, with the reason, where the policy refuses. */
export function restrict(permit: Permit, refusal: string | undefined): Permit {
  return refusal && permit.allowed
    ? { allowed: false, reason: refusal }
    : permit;
}

const actOf = (stepType: string) => (stepType === 'approval' ? 'vote' : 'work');

/** The run without the permits that the policy denies. */
export function restrictRun(
  view: RunView,
  decisions: Decisions,
  run: LoadedRun,
): RunView {
  const control = decisions.refusal('control', run);
  const breakGlass = decisions.refusal('breakGlass', run);
  const { cancel, compensate, fail } = view.permits;
  const restrictStep = (step: StepView): StepView => ({
    ...step,
    act:
      step.act &&
      restrict(step.act, decisions.refusal(actOf(step.type), run, step.id)),
    retry: step.retry && restrict(step.retry, control),
    breakGlass: step.breakGlass && {
      ...restrict(step.breakGlass, breakGlass),
      gates: step.breakGlass.gates,
    },
  });
  return {
    ...view,
    steps: view.steps.map(restrictStep),
    permits: {
      cancel: restrict(cancel, control),
      compensate: restrict(compensate, control),
      fail: restrict(fail, control),
    },
  };
}

/** The task without a permit that the policy denies. */
export function restrictTask(
  item: TaskItem,
  decisions: Decisions,
  run: LoadedRun,
): TaskItem {
  return {
    ...item,
    act:
      item.act &&
      restrict(
        item.act,
        decisions.refusal(actOf(item.stepType), run, item.stepId),
      ),
  };
}
