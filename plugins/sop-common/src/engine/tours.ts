import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { isClosed } from './evolve';
import { ownersOf, rightBasis, rightRefusal } from './people';
import { Recorder } from './Recorder';
import { Actor, TOUR_REPORTER, TourFinishedCommand } from './types';

/**
 * Ends a tour step. A report that comes again, or after the step or the run is
 * over, changes nothing: progress is reported at least once.
 */
export function finishTour(
  recorder: Recorder,
  command: TourFinishedCommand,
  actor: Actor,
): void {
  const { facts, state } = recorder;
  const { stepId, tour, tourVersion, finishedAt } = command;
  if (facts.reporter !== TOUR_REPORTER) {
    throw new NotAllowedError(
      'Only the onboarding back end may report that a tour is finished. Take the tour; its end completes the step.',
    );
  }
  const step = recorder.index.get(stepId)?.step;
  if (!step) {
    throw new NotFoundError(`The procedure has no step "${stepId}"`);
  }
  if (step.type !== 'tour') {
    throw new InputError(
      `command.stepId: found "${stepId}", a ${step.type} step; allowed: a tour step`,
    );
  }
  if (step.tour !== tour) {
    throw new InputError(
      `command.tour: found "${tour}"; allowed: ${step.tour}`,
    );
  }
  const { status } = recorder.step(stepId);
  if (
    isClosed(state.status) ||
    !['pending', 'blocked', 'ready'].includes(status)
  ) {
    return;
  }
  if (status !== 'ready') {
    throw new ConflictError(`"${step.name}" is not reached yet`);
  }
  const refusal = rightRefusal(state, facts.spec, step, actor);
  if (refusal) {
    throw new NotAllowedError(refusal);
  }
  recorder.emit(
    'step.completed',
    {
      stepId,
      basis: rightBasis(ownersOf(state, facts.spec, step), actor),
      output: { tour, tourVersion, finishedAt, reportedBy: facts.reporter },
    },
    { byActor: true },
  );
}
