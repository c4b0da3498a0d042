import { evolveIncident } from './evolve';
import {
  AnyIncidentEvent,
  IncidentEventData,
  IncidentEventType,
  IncidentFacts,
  IncidentState,
} from './types';

/**
 * Collects the events of one command and keeps the state up to date with them,
 * so that every rule looks at what is true after the events before it.
 */
export class Recorder {
  readonly events: AnyIncidentEvent[] = [];
  private current: IncidentState | undefined;

  constructor(state: IncidentState | undefined, readonly facts: IncidentFacts) {
    this.current = state;
  }

  /** The state so far. */
  get state(): IncidentState {
    if (!this.current) {
      throw new Error('The incident has not begun');
    }
    return this.current;
  }

  get nextSeq(): number {
    return (this.current?.seq ?? 0) + 1;
  }

  /** Something the person or service did. @returns its number */
  emit<T extends IncidentEventType>(
    type: T,
    data: IncidentEventData[T],
  ): number {
    return this.add(type, data, this.facts.actor?.ref);
  }

  /** Something that follows by the rules. @returns its number */
  derive<T extends IncidentEventType>(
    type: T,
    data: IncidentEventData[T],
  ): number {
    return this.add(type, data, undefined);
  }

  private add<T extends IncidentEventType>(
    type: T,
    data: IncidentEventData[T],
    actor: string | undefined,
  ): number {
    const event = {
      seq: this.nextSeq,
      type,
      at: this.facts.now,
      ...(actor ? { actor } : {}),
      data: withoutUndefined(data),
    } as AnyIncidentEvent;
    this.events.push(event);
    this.current = evolveIncident(this.current, event);
    return event.seq;
  }
}

/** Canonical JSON has no `undefined`, so an event must not either. */
function withoutUndefined<T extends object>(data: T): T {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== undefined),
  ) as T;
}
