import { useEffect, useState } from 'react';

/** What became of a step's target. */
export type StepTarget =
  | { state: 'none' }
  | { state: 'looking' }
  | { state: 'found'; element: HTMLElement }
  | { state: 'missing' };

/** How often the page is looked at while a target is not there, in ms. */
const LOOK_EVERY = 100;

/** The first element with a stable id that has a place on the page. */
export function findTarget(id: string): HTMLElement | undefined {
  return [
    ...document.querySelectorAll<HTMLElement>(
      `[data-tour="${CSS.escape(id)}"]`,
    ),
  ].find(element => element.getClientRects().length > 0);
}

/**
 * Looks for the target of a step until it is there. After `patience`
 * milliseconds it counts as missing, and is still taken when it appears later.
 */
export function useStepTarget(
  id: string | undefined,
  patience: number,
): StepTarget {
  const [target, setTarget] = useState<StepTarget & { id?: string }>({
    state: 'looking',
  });
  useEffect(() => {
    if (!id) {
      setTarget({ state: 'none', id });
      return undefined;
    }
    const began = Date.now();
    let current: StepTarget = { state: 'looking' };
    const look = () => {
      const element = findTarget(id);
      if (element) {
        if (current.state !== 'found' || current.element !== element) {
          current = { state: 'found', element };
          setTarget({ ...current, id });
        }
      } else if (current.state === 'found' && current.element.isConnected) {
        // Hidden for a moment, as while a menu moves.
      } else if (Date.now() - began >= patience) {
        if (current.state !== 'missing') {
          current = { state: 'missing' };
          setTarget({ ...current, id });
        }
      } else if (current.state === 'found') {
        current = { state: 'looking' };
        setTarget({ ...current, id });
      }
    };
    setTarget({ state: 'looking', id });
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [id, patience]);
  // Between two steps the state is still that of the step before.
  return target.id === id ? target : { state: 'looking' };
}
