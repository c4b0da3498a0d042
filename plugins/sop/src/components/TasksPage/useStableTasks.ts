import type { TaskItem } from '@handrail/plugin-sop-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { mergeStable, StableItem, StableList } from '../../lib/stableList';

/** Tells one task from another, over all runs. */
export function taskKey(task: TaskItem): string {
  return `${task.runId} ${task.stepId}`;
}

/** A list of tasks that keeps still while the reader is in it. */
export interface StableTasks extends StableList<TaskItem> {
  /** Shows what was held back. */
  release(): void;
  /** Handlers for the element around the list. */
  handlers: {
    onPointerEnter(): void;
    onPointerLeave(): void;
    onFocus(): void;
    onBlur(event: React.FocusEvent): void;
  };
}

/** Keeps tasks in place under the pointer and the focus. */
export function useStableTasks(fresh: readonly TaskItem[]): StableTasks {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const [shown, setShown] = useState<StableItem<TaskItem>[]>([]);
  const latest = useRef(fresh);
  latest.current = fresh;
  const frozen = pointer || focus;
  const list = mergeStable(shown, fresh, taskKey, frozen);

  useEffect(() => {
    setShown(current =>
      frozen && current.length > 0
        ? current
        : fresh.map(item => ({ item, gone: false })),
    );
  }, [fresh, frozen]);

  const release = useCallback(
    () => setShown(latest.current.map(item => ({ item, gone: false }))),
    [],
  );
  return {
    ...list,
    release,
    handlers: {
      onPointerEnter: () => setPointer(true),
      onPointerLeave: () => setPointer(false),
      onFocus: () => setFocus(true),
      onBlur: event => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setFocus(false);
        }
      },
    },
  };
}
