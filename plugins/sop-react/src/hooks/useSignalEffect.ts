import type { JsonObject } from '@backstage/types';
import { useSignal } from '@backstage/plugin-signals-react';
import { useEffect, useRef } from 'react';

/**
 * Calls back once per message of a channel. Signals are hints, not records.
 * @public
 */
export function useSignalEffect<T extends JsonObject>(
  channel: string,
  onSignal: (message: T) => void,
): void {
  const { lastSignal } = useSignal<T>(channel);
  const callback = useRef(onSignal);
  callback.current = onSignal;
  useEffect(() => {
    if (lastSignal) {
      callback.current(lastSignal);
    }
  }, [lastSignal]);
}
