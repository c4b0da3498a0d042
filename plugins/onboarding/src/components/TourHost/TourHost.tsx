import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { useMe, useRefreshMe } from '../../lib/useOnboarding';
import { useRunningTour } from '../../lib/useRunningTour';
import { TourOffer } from '../TourOffer';
import { TourRunner } from '../TourRunner';

/** Offers are made where people arrive, and nowhere in the middle of work. */
const OFFER_ON = '/';

/** Becomes true once somebody is signed in. */
function useSignedIn(): boolean {
  const identityApi = useApi(identityApiRef);
  const [signedIn, setSignedIn] = useState(false);
  useEffect(() => {
    let live = true;
    identityApi.getBackstageIdentity().then(
      () => live && setSignedIn(true),
      () => undefined,
    );
    return () => {
      live = false;
    };
  }, [identityApi]);
  return signedIn;
}

/** On every page: the tour that runs, or the offer of one. */
export function TourHost() {
  return useSignedIn() ? <SignedInTourHost /> : null;
}

function SignedInTourHost() {
  const { pathname } = useLocation();
  const { session, running } = useRunningTour();
  const refresh = useRefreshMe();
  const isArrival = pathname === OFFER_ON;
  const { data: me } = useMe({
    enabled: Boolean(running) || isArrival,
    slow: true,
  });

  const end = useCallback(() => {
    session.end();
    refresh();
  }, [refresh, session]);

  const tour = me?.tours.find(one => one.tourRef === running?.tourRef);
  const isGone = Boolean(running && me && !tour);
  useEffect(() => {
    // A tour that was removed while this tab was away.
    if (isGone) {
      session.end();
    }
  }, [isGone, session]);

  if (running) {
    return tour ? (
      <TourRunner
        key={`${running.tourRef} ${running.restart} ${tour.version}`}
        tour={tour}
        restart={running.restart}
        onEnd={end}
      />
    ) : null;
  }
  const offered = me?.tours.find(one => one.tourRef === me.offer);
  return isArrival && offered ? (
    <TourOffer tour={offered} onStart={() => session.start(offered.tourRef)} />
  ) : null;
}
