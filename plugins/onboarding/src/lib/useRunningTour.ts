import { useApi } from '@backstage/core-plugin-api';
import { useSyncExternalStore } from 'react';
import { tourSessionApiRef } from '../api';
import type { RunningTour, TourSession } from '../session';

/** The session of this tab, and the tour that runs in it. */
export function useRunningTour(): {
  session: TourSession;
  running: RunningTour | undefined;
} {
  const session = useApi(tourSessionApiRef);
  const running = useSyncExternalStore(session.subscribe, session.current);
  return { session, running };
}
