import type { JsonObject } from '@backstage/types';
import type { SignalApi } from '@backstage/plugin-signals-react';

type Listener = (message: JsonObject) => void;

/** Signals without a socket: a test says when one arrives. */
export class FakeSignals implements SignalApi {
  private readonly listeners = new Map<string, Set<Listener>>();

  subscribe<TMessage extends JsonObject>(
    channel: string,
    onMessage: (message: TMessage) => void,
  ) {
    const listener: Listener = message => onMessage(message as TMessage);
    const known = this.listeners.get(channel) ?? new Set();
    known.add(listener);
    this.listeners.set(channel, known);
    return { unsubscribe: () => known.delete(listener) };
  }

  /** Delivers a message to everybody who listens. */
  publish(channel: string, message: JsonObject): void {
    this.listeners.get(channel)?.forEach(listener => listener(message));
  }
}
