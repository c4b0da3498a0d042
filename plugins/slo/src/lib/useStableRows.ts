import { useRef, useState } from 'react';

/** Rows to show, and what the element around them has to listen to. */
export interface StableRows<T> {
  rows: readonly T[];
  handlers: {
    onPointerEnter(): void;
    onPointerLeave(): void;
    onFocus(): void;
    onBlur(event: React.FocusEvent): void;
  };
}

/**
 * Rows that do not move under the pointer or the focus: while the reader is
 * among them each stays where it is with its fresh content, and new ones come
 * at the end. Rows of another list replace them at once.
 *
 * @param list - Names the list that the rows are of.
 */
export function useStableRows<T>(
  fresh: readonly T[],
  keyOf: (row: T) => string,
  list: string,
): StableRows<T> {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const shown = useRef<{ list: string; rows: readonly T[] }>();
  let rows = fresh;
  if ((pointer || focus) && shown.current?.list === list) {
    const byKey = new Map(fresh.map(row => [keyOf(row), row]));
    const known = new Set(shown.current.rows.map(keyOf));
    rows = [
      ...shown.current.rows.map(row => byKey.get(keyOf(row)) ?? row),
      ...fresh.filter(row => !known.has(keyOf(row))),
    ];
  }
  shown.current = { list, rows };
  return {
    rows,
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
