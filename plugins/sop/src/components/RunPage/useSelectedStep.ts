import type { RunView, StepView } from '@handrail/plugin-sop-common';
import { useUrlState } from '@handrail/plugin-sop-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { currentStep, isOver } from '../../lib/currentStep';

/** Which step is shown, and the news that it may not be the current one. */
export interface SelectedStep {
  step?: StepView;
  /** Where the run went on while the reader looks at a step that is over. */
  elsewhere?: StepView;
  select(stepId: string): void;
  /** Shows where the run is now. */
  follow(run: RunView): void;
}

/**
 * The selected step: the one in the URL, else the one the reader came for. It
 * stays put while others move the run, so nothing changes under the pointer;
 * it moves on after the reader's own command.
 */
export function useSelectedStep(run: RunView): SelectedStep {
  const { params, set } = useUrlState();
  const inUrl = params.get('step') ?? undefined;
  const [held, setHeld] = useState(() => currentStep(run)?.id);
  const selected = inUrl ?? held;
  const step =
    run.steps.find(one => one.id === selected) ?? currentStep(run) ?? undefined;
  const current = currentStep(run);

  const wasOver = useRef<{ id?: string; over: boolean }>({ over: false });
  useEffect(() => {
    if (step && wasOver.current.id !== step.id) {
      wasOver.current = { id: step.id, over: isOver(step) };
    }
  }, [step]);
  const endedHere =
    step !== undefined &&
    wasOver.current.id === step.id &&
    !wasOver.current.over &&
    isOver(step);

  const select = useCallback(
    (stepId: string) => {
      setHeld(stepId);
      set({ step: stepId });
    },
    [set],
  );
  const follow = useCallback(
    (fresh: RunView) => {
      setHeld(currentStep(fresh)?.id);
      set({ step: undefined }, { replace: true });
    },
    [set],
  );
  return {
    step,
    elsewhere:
      endedHere && current && current.id !== step.id ? current : undefined,
    select,
    follow,
  };
}
