import { useEffect, useRef } from 'react';

/** Whether single-key shortcuts are on; they are unless turned off. */
export function shortcutsEnabled(storageKey = 'sop:shortcuts'): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
      target.closest('[role="dialog"],[role="listbox"],[role="menu"]') !== null)
  );
}

/** Calls back for single keys, except while the reader types or chooses. */
export function useShortcuts(
  onKey: (key: string) => void,
  keys: readonly string[],
  isActive: (key: string) => boolean = () => shortcutsEnabled(),
): void {
  const current = useRef({ onKey, keys, isActive });
  current.current = { onKey, keys, isActive };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { onKey: call, keys: known, isActive: active } = current.current;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.defaultPrevented ||
        isTyping(event.target) ||
        !known.includes(event.key) ||
        !active(event.key)
      ) {
        return;
      }
      event.preventDefault();
      call(event.key);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
