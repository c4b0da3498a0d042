import { JsonObject } from '@backstage/types';
import { ExpressionContext } from '../expression';
import { SopStep } from '../model/types';
import { expressionContext, stepState } from './context';
import { evolve } from './evolve';
import { effectiveSpec, hasPolicies } from '../policy/effectiveSpec';
import { tighteningOf } from '../policy/tightenStep';
import { specOfRun } from './expansion';
import { indexRun, SpecIndex } from './specIndex';
import {
  AnyRunEvent,
  Facts,
  RunEventData,
  RunEventType,
  RunState,
  StepState,
} from './types';

/** Events that rest on what policies demand of their step. */
const GATE_EVENTS: ReadonlyArray<RunEventType> = [
  'step.started',
  'step.blocked',
  'vote.cast',
  'step.completed',
];

/**
 * Collects the events of one command and keeps the state up to date with them,
 * so that every rule looks at what is true after the events before it.
 */
export class Recorder {
  readonly events: AnyRunEvent[] = [];
  private current: RunState | undefined;
  /** No policy is about any step, before or after this command. */
  private readonly plain: boolean;

  /** @param given - with the procedure as its author wrote it */
  constructor(state: RunState | undefined, readonly given: Facts) {
    this.current = state;
    this.plain = !given.policies?.length && !hasPolicies(state);
  }

  /** What is known, with the procedure as policies demand it at this moment. */
  get facts(): Facts {
    return this.plain
      ? this.given
      : {
          ...this.given,
          spec: effectiveSpec(this.current, this.given.spec, this.given),
        };
  }

  /** The steps as this run carries them out. */
  get steps(): SopStep[] {
    return specOfRun(this.state, this.facts.spec).steps;
  }

  /** Steps as policies demand them at this moment. */
  get index(): SpecIndex {
    return indexRun(this.state, this.facts.spec);
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

  /** What the expressions of a step may refer to. */
  context(stepId: string, extra: JsonObject = {}): ExpressionContext {
    return {
      ...expressionContext(this.state, this.facts.spec, stepId),
      ...extra,
    };
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
      data: withoutUndefined({
        ...data,
        ...this.policiesOf(type, data),
        ...(options.byActor ? { via: this.facts.actor?.via } : {}),
      }),
    } as AnyRunEvent;
    this.events.push(event);
    this.current = evolve(this.current, event);
  }

  private policiesOf(
    type: RunEventType,
    data: object,
  ): { policies?: string[] } {
    if (this.plain || !GATE_EVENTS.includes(type) || !('stepId' in data)) {
      return {};
    }
    const step = this.index.get(String(data.stepId))?.step;
    const policies = step && tighteningOf(step)?.policies;
    return policies ? { policies: policies.map(({ hash }) => hash) } : {};
  }
}

/** Canonical JSON has no `undefined`, so an event must not either. */
function withoutUndefined<T extends object>(data: T): T {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== undefined),
  ) as T;
}
