import GlobalStyles from '@mui/material/GlobalStyles';
import { alpha, useTheme } from '@mui/material/styles';
import { createContext, useContext, useEffect, useMemo } from 'react';
import { Joyride, PORTAL_ELEMENT_ID } from 'react-joyride';
import { TourTooltip } from './TourTooltip';
import { TourRendererProps } from './types';

/** Milliseconds. */
const SCROLL = 300;

/** Nothing of a step moves; the library itself does not ask. */
const STILL = {
  [`#${PORTAL_ELEMENT_ID} *, [class*="react-joyride__"]`]: {
    transition: 'none !important',
    animation: 'none !important',
  },
};

const CurrentStep = createContext<TourRendererProps | undefined>(undefined);

/** The library makes the place for it; what is in it comes by context. */
function Tooltip() {
  const props = useContext(CurrentStep);
  return props ? <TourTooltip {...props} /> : null;
}

/**
 * The only file that knows react-joyride. It shows one step at a time: which
 * one is shown, where progress is kept and what happens with a missing target
 * is decided by the caller.
 */
export function JoyrideRenderer(props: TourRendererProps) {
  const { step, reducedMotion, onEnd } = props;
  const { id, target, leavesPageUsable } = step;
  const theme = useTheme();

  // The library's own key handling goes to the next step.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        onEnd();
      }
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [onEnd]);

  const steps = useMemo(
    () => [
      {
        id,
        // Drawn by the tooltip.
        content: '',
        target: target ?? document.body,
        placement: target ? ('auto' as const) : ('center' as const),
      },
    ],
    [id, target],
  );

  return (
    <CurrentStep.Provider value={props}>
      {reducedMotion && <GlobalStyles styles={STILL} />}
      <Joyride
        key={id}
        run
        continuous
        scrollToFirstStep
        steps={steps}
        tooltipComponent={Tooltip}
        floatingOptions={{ hideArrow: true }}
        options={{
          skipBeacon: true,
          dismissKeyAction: false,
          overlayClickAction: false,
          disableFocusTrap: leavesPageUsable,
          blockTargetInteraction: !leavesPageUsable,
          scrollDuration: reducedMotion ? 0 : SCROLL,
          skipScroll: !target,
          spotlightPadding: 4,
          overlayColor: alpha(theme.palette.common.black, 0.5),
          zIndex: theme.zIndex.tooltip + 1,
          targetWaitTimeout: 0,
        }}
      />
    </CurrentStep.Provider>
  );
}

export default JoyrideRenderer;
