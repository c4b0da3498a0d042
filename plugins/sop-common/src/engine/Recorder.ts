import { JsonObject } from '@backstage/types';
import { ExpressionContext } from '../expression';
import { expressionContext, stepState } from './context';
import { evolve } from './evolve';
import { indexSpec, SpecIndex } from './specIndex';
import {
  AnyRunEvent,
  Facts,
  RunEventData,
  RunEventType,
  RunState,
  StepState,
} from './types';

/**
 * Collects the events of one command and keeps the state up to date with them,
 * so that every rule looks at what is true after the events before it.
 */
export class Recorder {
  readonly events: AnyRunEvent[] = [];
  readonly index: SpecIndex;
  private current: RunState | undefined;

  constructor(state: RunState | undefined, readonly facts: Facts) {
    this.current = state;
    this.index = indexSpec(facts.spec);
  }

  /** The state so far. */
  get state(): RunState {
    if (!this.current) {
      throw new Error('The run has not started');
    }
    return this.current;
  }

  step(stepId: string): StepState {
    return stepState(this.state, stepId);
  }

  context(extra: JsonObject = {}): ExpressionContext {
    return { ...expressionContext(this.state, this.facts.spec), ...extra };
  }

  /** `byActor`: a person's or service's own doing, not the engine's consequence. */
  emit<T extends RunEventType>(
    type: T,
    data: RunEventData[T],
    options: { byActor?: boolean } = {},
  ): void {
    const event = {
      seq: (this.current?.seq ?? 0) + 1,
      type,
      at: this.facts.now,
      ...(options.byActor && this.facts.actor
        ? { actor: this.facts.actor.ref }
        : {}),
      data: withoutUndefined(data),
    } as AnyRunEvent;
    this.events.push(event);
    this.current = evolve(this.current, event);
  }
}

/** Canonical JSON has no `undefined`, so an event must not either. */
function withoutUndefined<T extends object>(data: T): T {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== undefined),
  ) as T;
}
