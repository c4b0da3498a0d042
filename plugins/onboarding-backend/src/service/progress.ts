import { ConflictError, InputError } from '@backstage/errors';
import {
  TourProgress,
  TourProgressUpdate,
  TourView,
} from '@handrail/plugin-onboarding-common';

/**
 * The progress of one person in one tour after an update. Returns the current
 * one where the update says nothing new. Pure.
 *
 * @throws InputError when the update does not fit the tour.
 * @throws ConflictError when it is about an old version, or leads backwards.
 */
export function nextProgress(
  tour: Pick<TourView, 'tourRef' | 'version' | 'steps'>,
  known: TourProgress | undefined,
  update: TourProgressUpdate,
  now: string,
): TourProgress | undefined {
  assertVersion(tour.version, update.version);
  assertFields(update);
  // What was done in an older version is over, except that it was finished.
  const current = known?.version === tour.version ? known : undefined;
  const base: TourProgress = {
    tourRef: tour.tourRef,
    version: tour.version,
    status: 'offered',
    offeredAt: known?.offeredAt,
    finishedAt: known?.finishedAt,
    finishedVersion: known?.finishedVersion,
    ...current,
    updatedAt: now,
  };
  switch (update.status) {
    case 'offered':
      return current ?? { ...base, offeredAt: known?.offeredAt ?? now };
    case 'started':
      return started(tour, current, base, update, now);
    case 'finished':
      return finished(tour, current, base, now);
    default:
      if (current && ['finished', 'dismissed'].includes(current.status)) {
        return current;
      }
      return {
        ...base,
        // Ending a repetition early takes nothing back.
        status:
          base.finishedVersion === tour.version ? 'finished' : 'dismissed',
        dismissedAt: now,
      };
  }
}

function assertVersion(wanted: number, found: number) {
  if (found < wanted) {
    throw new ConflictError(
      `version: found ${found}; allowed: ${wanted} (the tour was changed meanwhile; begin it again)`,
    );
  }
  if (found > wanted) {
    throw new InputError(
      `version: found ${found}; allowed: ${wanted} (there is no such version of the tour)`,
    );
  }
}

function assertFields(update: TourProgressUpdate) {
  if (update.status === 'started') {
    return;
  }
  for (const field of ['stepId', 'restart'] as const) {
    if (update[field] !== undefined) {
      throw new InputError(
        `${field}: found ${JSON.stringify(
          update[field],
        )}; allowed: nothing with status "${update.status}"`,
      );
    }
  }
}

type Steps = Pick<TourView, 'steps'>;

function indexOf(tour: Steps, stepId: string | undefined): number {
  return tour.steps.findIndex(step => step.id === stepId);
}

function started(
  tour: Steps,
  current: TourProgress | undefined,
  base: TourProgress,
  update: TourProgressUpdate,
  now: string,
): TourProgress {
  const stepId = update.stepId ?? tour.steps[0].id;
  const index = indexOf(tour, stepId);
  if (index < 0) {
    throw new InputError(
      `stepId: found "${stepId}"; allowed: ${tour.steps
        .map(step => step.id)
        .join(', ')}`,
    );
  }
  const reached = current ? indexOf(tour, current.stepId) : -1;
  if (index < reached && !update.restart) {
    throw new ConflictError(
      `stepId: found "${stepId}", step ${index + 1}; allowed: "${
        current?.stepId
      }", step ${reached + 1}, or a later one (send restart to begin again)`,
    );
  }
  if (current?.status === 'started' && index === reached && !update.restart) {
    return current;
  }
  return {
    ...base,
    status: 'started',
    stepId,
    startedAt: update.restart ? now : base.startedAt ?? now,
    dismissedAt: undefined,
  };
}

function finished(
  tour: Steps,
  current: TourProgress | undefined,
  base: TourProgress,
  now: string,
): TourProgress {
  if (current?.status === 'finished') {
    return current;
  }
  const last = tour.steps[tour.steps.length - 1].id;
  if (current?.status !== 'started' || current.stepId !== last) {
    throw new ConflictError(
      `status: found "finished"; allowed: after the last step, "${last}" (${
        current?.stepId
          ? `the tour is at "${current.stepId}"`
          : 'the tour has not begun'
      })`,
    );
  }
  return {
    ...base,
    status: 'finished',
    finishedAt: now,
    finishedVersion: base.version,
  };
}

/**
 * The target of a step, for a report that it is missing.
 * @throws InputError when the step does not exist or has no target.
 * @throws ConflictError when the report is about an old version.
 */
export function targetOf(
  tour: Pick<TourView, 'version' | 'steps'>,
  version: number,
  stepId: string,
): string {
  assertVersion(tour.version, version);
  const step = tour.steps.find(one => one.id === stepId);
  if (!step?.target) {
    throw new InputError(
      `stepId: found "${stepId}"${
        step ? ', a step without target' : ''
      }; allowed: ${
        tour.steps
          .filter(one => one.target)
          .map(one => one.id)
          .join(', ') || 'none, as no step has a target'
      }`,
    );
  }
  return step.target;
}
