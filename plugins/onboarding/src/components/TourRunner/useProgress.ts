import { useApi } from '@backstage/core-plugin-api';
import type {
  TourProgressUpdate,
  TourView,
} from '@handrail/plugin-onboarding-common';
import { useErrorMessage } from '@handrail/plugin-sop-react';
import { useCallback, useRef, useState } from 'react';
import { onboardingApiRef } from '../../api';

/** The step at which a tour goes on: where it was left, else the first. */
export function firstIndex(tour: TourView, restart: boolean): number {
  const { progress } = tour;
  const isUnderWay =
    progress?.status === 'started' && progress.version === tour.version;
  return restart || !isUnderWay
    ? 0
    : Math.max(
        0,
        tour.steps.findIndex(step => step.id === progress.stepId),
      );
}

/** Sends progress to the server, one update after the other. */
export function useProgress(
  tour: TourView,
  restart: boolean,
): {
  problem: string | undefined;
  /** A step is shown; going back changes nothing. */
  reach(index: number): Promise<void>;
  finish(): Promise<boolean>;
} {
  const api = useApi(onboardingApiRef);
  const message = useErrorMessage();
  const say = useRef(message);
  say.current = message;
  const [problem, setProblem] = useState<string>();
  const { tourRef, version, steps } = tour;
  const begun = tour.progress?.version === version;
  const reached = useRef(-1);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const mustRestart = useRef(
    restart || (begun && firstIndex(tour, false) === 0),
  );

  const send = useCallback(
    (update: Omit<TourProgressUpdate, 'version'>): Promise<boolean> => {
      const sent = queue.current.then(async () => {
        try {
          await api.putProgress(tourRef, { version, ...update });
          setProblem(undefined);
          return true;
        } catch (error) {
          setProblem(say.current(error));
          return false;
        }
      });
      queue.current = sent;
      return sent;
    },
    [api, tourRef, version],
  );

  const reach = useCallback(
    async (index: number) => {
      if (index <= reached.current) {
        return;
      }
      reached.current = index;
      const again = mustRestart.current && index === 0;
      await send({
        status: 'started',
        stepId: steps[index].id,
        ...(again ? { restart: true } : {}),
      });
    },
    [send, steps],
  );
  const finish = useCallback(() => send({ status: 'finished' }), [send]);
  return { problem, reach, finish };
}
