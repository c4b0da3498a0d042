import type { RunView, StepView } from '@handrail/plugin-sop-common';

const OPEN_TASK = ['ready', 'reserved', 'in-doubt'];

/** A task that waits for a person. */
export function isOpenTask(step: StepView): boolean {
  return OPEN_TASK.includes(step.status);
}

/** Something that nobody and nothing will change any more. */
export function isOver(step: StepView): boolean {
  return ['completed', 'failed', 'skipped', 'cancelled'].includes(step.status);
}

const CONTAINERS = ['parallel', 'switch', 'forEach'];

/**
 * The step a reader most likely came for: what they may act on, what failed,
 * what the run waits for, what runs, and in a closed run the last one that
 * happened.
 */
export function currentStep(run: Pick<RunView, 'steps'>): StepView | undefined {
  const { steps } = run;
  const happened = steps
    .filter(step => step.endedAt && !CONTAINERS.includes(step.type))
    .sort((a, b) => (a.endedAt ?? '').localeCompare(b.endedAt ?? ''));
  return (
    steps.find(step => isOpenTask(step) && step.act?.allowed) ??
    steps.find(step => step.status === 'failed' && step.retry?.allowed) ??
    steps.find(isOpenTask) ??
    steps.find(
      step => step.status === 'running' && !CONTAINERS.includes(step.type),
    ) ??
    steps.find(step => step.status === 'blocked') ??
    steps.find(step => step.status === 'failed') ??
    happened[happened.length - 1] ??
    steps[0]
  );
}

/** What comes directly after a step in its sequence, if anything does. */
export function nextSteps(
  run: Pick<RunView, 'steps'>,
  stepId: string,
): StepView[] {
  const step = run.steps.find(one => one.id === stepId);
  if (!step) {
    return [];
  }
  const siblings = run.steps.filter(
    one =>
      one.parentId === step.parentId &&
      one.branch === step.branch &&
      !one.compensates,
  );
  const next = siblings[siblings.findIndex(one => one.id === stepId) + 1];
  if (next) {
    return [next];
  }
  // At the end of a branch the run goes on behind the parent.
  return step.parentId ? nextSteps(run, step.parentId) : [];
}
