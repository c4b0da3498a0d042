import { useApi } from '@backstage/core-plugin-api';
import type { TourView } from '@handrail/plugin-onboarding-common';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTheme } from '@mui/material/styles';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { onboardingApiRef } from '../../api';
import { isOnPage } from '../../lib/pages';
import { useStepTarget } from '../../lib/useStepTarget';
import { StepContent } from './StepContent';
import { firstIndex, useProgress } from './useProgress';

/** Loaded with the first tour, not with the portal. */
const Renderer = lazy(() => import('../../renderer/JoyrideRenderer'));

/** Milliseconds until a target counts as missing: pages load their parts late. */
export const PATIENCE = 6_000;
/** On a narrow screen the menu is closed, and waiting does not open it. */
const NARROW_PATIENCE = 1_500;

/** Props of {@link TourRunner}. */
export interface TourRunnerProps {
  tour: TourView;
  restart: boolean;
  /** The tour is over, at its end or before. */
  onEnd(): void;
}

/** Takes the reader through one tour, from page to page. */
export function TourRunner(props: TourRunnerProps) {
  const { restart, onEnd } = props;
  // As it was when the tour began: news of its progress come from here.
  const [tour] = useState(props.tour);
  const api = useApi(onboardingApiRef);
  const navigate = useNavigate();
  const location = useLocation();
  const theme = useTheme();
  const isNarrow = useMediaQuery(theme.breakpoints.down('sm'));
  const reducedMotion = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [index, setIndex] = useState(() => firstIndex(tour, restart));
  const { problem, reach, finish } = useProgress(tour, restart);
  const step = tour.steps[index];
  const isLast = index === tour.steps.length - 1;

  // Only when a step begins: the reader may look around in the meantime.
  const entering = useRef({ navigate, location });
  entering.current = { navigate, location };
  useEffect(() => {
    reach(index);
    const { page } = tour.steps[index];
    if (page && !isOnPage(entering.current.location, page)) {
      entering.current.navigate(page);
    }
  }, [index, reach, tour]);

  const target = useStepTarget(
    step.target,
    isNarrow ? NARROW_PATIENCE : PATIENCE,
  );
  const isMissing = target.state === 'missing';
  const { tourRef, version } = tour;
  useEffect(() => {
    // A closed menu on a phone is no mistake of the tour.
    if (isMissing && !isNarrow) {
      api
        .reportMissingTarget(tourRef, { version, stepId: step.id })
        .catch(() => undefined);
    }
  }, [api, isMissing, isNarrow, step.id, tourRef, version]);

  const next = useCallback(async () => {
    if (!isLast) {
      setIndex(index + 1);
    } else if (await finish()) {
      onEnd();
    }
  }, [finish, index, isLast, onEnd]);

  const element = target.state === 'found' ? target.element : undefined;
  const mustUse = Boolean(step.advanceOn && element);
  useEffect(() => {
    if (!mustUse || !element) {
      return undefined;
    }
    element.addEventListener('click', next);
    return () => element.removeEventListener('click', next);
  }, [element, mustUse, next]);

  if (target.state === 'looking') {
    return null;
  }
  return (
    <Suspense fallback={null}>
      <Renderer
        step={{
          id: `${tourRef} ${step.id} ${element ? 'at' : 'centre'}`,
          title: step.title,
          content: (
            <StepContent
              step={step}
              isMissing={isMissing}
              isNarrow={isNarrow}
              problem={problem}
            />
          ),
          target: element,
          leavesPageUsable: Boolean(step.advanceOn || step.hint) || isMissing,
        }}
        index={index}
        total={tour.steps.length}
        reducedMotion={reducedMotion}
        onBack={index > 0 ? () => setIndex(index - 1) : undefined}
        onNext={mustUse ? undefined : next}
        onEnd={onEnd}
      />
    </Suspense>
  );
}
