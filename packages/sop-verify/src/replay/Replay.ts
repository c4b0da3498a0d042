import { children, Outline, outline } from './outline';
import {
  Event,
  Json,
  JsonObject,
  Procedure,
  RunState,
  Step,
  StepState,
  Violation,
} from './types';

/**
 * In a prediction: some text. Explanations that the engine words for people are
 * covered by the hashes and not judged here.
 */
export const TEXT: unique symbol = Symbol('text');

type Predicted = Json | typeof TEXT | undefined | { [key: string]: Predicted };

export const OPEN = ['ready', 'reserved', 'running', 'in-doubt'];

/** Every type of event this program has rules for. */
const KNOWN = new Set([
  'run.started',
  'step.started',
  'step.skipped',
  'task.claimed',
  'task.released',
  'vote.cast',
  'switch.chosen',
  'action.dispatched',
  'action.failed',
  'step.in-doubt',
  'doubt.resolved',
  'step.completed',
  'step.failed',
  'step.cancelled',
  'step.reset',
  'run.held',
  'run.resumed',
  'run.completed',
  'run.failed',
  'run.cancelled',
  'compensation.started',
  'step.compensated',
  'run.compensated',
]);

const CLOSED = ['completed', 'failed', 'cancelled', 'compensated'];

function fits(found: Json | undefined, predicted: Predicted): boolean {
  if (predicted === TEXT) {
    return typeof found === 'string' && found !== '';
  }
  if (found === predicted) {
    return true;
  }
  if (
    typeof found !== 'object' ||
    typeof predicted !== 'object' ||
    found === null ||
    predicted === null ||
    Array.isArray(found) !== Array.isArray(predicted)
  ) {
    return false;
  }
  const a = found as Record<string, Json>;
  const b = predicted as Record<string, Predicted>;
  const keys = Object.keys(b).filter(key => b[key] !== undefined);
  return (
    keys.length === Object.keys(a).length &&
    keys.every(key => key in a && fits(a[key], b[key]))
  );
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value, (_, one) =>
    typeof one === 'symbol' ? '(text)' : one,
  );
  return text.length > 300 ? `${text.slice(0, 297)}…` : text;
};

/**
 * A journal that is played again. Each round begins with an event that a person
 * or a machine caused, which must be allowed where the run stands; what follows
 * from it by the procedure alone is predicted and must stand in the journal
 * event for event.
 */
export class Replay {
  readonly outline: Outline;
  run!: RunState;
  /** Who caused the round, and when. */
  cause: { at: string; actor?: string } = { at: '' };
  #next = 0;

  constructor(
    readonly procedure: Procedure,
    readonly events: readonly Event[],
  ) {
    this.outline = outline(procedure);
  }

  get done(): boolean {
    return this.#next >= this.events.length;
  }

  get closed(): boolean {
    return CLOSED.includes(this.run.status);
  }

  /** The event at hand, or one after it. */
  peek(offset: number = 0): Event | undefined {
    return this.events[this.#next + offset];
  }

  /** Number of the event at hand, or of the one that is missing at the end. */
  get seq(): number {
    return this.#next + 1;
  }

  fail(rule: string, message: string): never {
    throw new Violation(rule, this.seq, message);
  }

  /** Never passes over what it cannot judge. */
  assertKnown({ seq, type }: Event): void {
    if (!KNOWN.has(type)) {
      this.fail(
        'unknown-event',
        `Event ${seq} is of the type ${type}, which this version of the verifier does not know; use a newer one`,
      );
    }
  }

  /** Takes the event that begins a round. */
  begin(): Event {
    const event = this.peek();
    if (!event) {
      return this.fail('incomplete', `Event ${this.seq} is missing`);
    }
    if (event.at < this.cause.at) {
      this.fail(
        'time',
        `Event ${event.seq} is dated ${event.at}, before the event in front of it (${this.cause.at})`,
      );
    }
    this.cause = { at: event.at, actor: event.actor };
    this.#next += 1;
    return event;
  }

  /** Takes an event of the round that must be as predicted. */
  expect(type: string, data: Record<string, Predicted>, actor?: string): Event {
    const event = this.peek();
    if (!event) {
      return this.fail(
        'incomplete',
        `The journal ends before event ${this.seq}, which must be ${type}${
          data.stepId ? ` of "${String(data.stepId)}"` : ''
        }`,
      );
    }
    this.assertKnown(event);
    if (event.type !== type || event.data.stepId !== data.stepId) {
      this.fail(
        'order',
        `Event ${event.seq} is ${this.#name(
          event,
        )}; by the procedure it must be ${type}${
          data.stepId ? ` of "${String(data.stepId)}"` : ''
        }`,
      );
    }
    if (!fits(event.data, data)) {
      this.fail(
        'content',
        `Event ${event.seq} (${type}) says ${show(
          event.data,
        )}; by the procedure it must say ${show(data)}`,
      );
    }
    if (event.actor !== actor) {
      this.fail(
        'actor',
        `Event ${event.seq} (${type}) names ${
          event.actor ?? 'nobody'
        } as its cause; it must be ${actor ?? 'nobody'}`,
      );
    }
    if (event.at !== this.cause.at) {
      this.fail(
        'time',
        `Event ${event.seq} (${type}) is dated ${event.at}; it happened with the event in front of it, at ${this.cause.at}`,
      );
    }
    this.#next += 1;
    return event;
  }

  /** Refuses data of an event other than these fields. */
  fields(event: Event, required: string[], optional: string[] = []): void {
    const keys = Object.keys(event.data);
    const missing = required.find(key => !keys.includes(key));
    const unknown = keys.find(
      key => !required.includes(key) && !optional.includes(key),
    );
    if (missing ?? unknown) {
      this.#back(
        'content',
        missing
          ? `Event ${event.seq} (${event.type}) lacks ${missing}`
          : `Event ${event.seq} (${event.type}) has the unknown field ${unknown}`,
      );
    }
  }

  /** Refuses the event that began the round. */
  refuse(rule: string, message: string): never {
    return this.#back(rule, message);
  }

  step(id: string): StepState {
    let state = this.run.steps.get(id);
    if (!state) {
      state = {
        status: 'pending',
        attempt: 0,
        actors: [],
        votes: [],
        dispatched: false,
        tries: 0,
        compensated: false,
      };
      // Reading a step does not touch it; see `touch`.
      return state;
    }
    return state;
  }

  touch(id: string, change: Partial<StepState>): StepState {
    const state = Object.assign(this.step(id), change);
    this.run.steps.set(id, state);
    return state;
  }

  did(id: string, actor: string | undefined): void {
    const { actors } = this.step(id);
    if (actor && !actors.includes(actor)) {
      actors.push(actor);
    }
  }

  complete(id: string, change: Partial<StepState> = {}): void {
    this.touch(id, {
      status: 'completed',
      claimedBy: undefined,
      dispatched: false,
      dueAt: undefined,
      errorName: undefined,
      ...change,
    });
    this.run.done = [...this.run.done.filter(one => one !== id), id];
  }

  /** What expressions may refer to. */
  context(extra: JsonObject = {}): object {
    const { run } = this;
    const steps: Record<string, object> = {};
    for (const id of this.outline.keys()) {
      const state = this.step(id);
      steps[id] = {
        status: state.status,
        evidence: state.evidence ?? {},
        output: state.output ?? null,
        comment: state.comment ?? '',
        actor: state.actors[state.actors.length - 1] ?? '',
        votes: state.votes,
      };
    }
    return {
      inputs: run.inputs,
      target: run.target ?? null,
      run: {
        id: run.runId,
        title: run.title,
        initiator: run.initiator,
        startedAt: run.startedAt,
        sop: run.sopRef,
      },
      steps,
      ...extra,
    };
  }

  /** Puts steps back to where nothing has happened. */
  reset(ids: string[]): void {
    for (const id of ids) {
      this.touch(id, {
        status: 'pending',
        claimedBy: undefined,
        votes: [],
        evidence: undefined,
        output: undefined,
        comment: undefined,
        dueAt: undefined,
        dispatched: false,
        tries: 0,
        chosen: undefined,
        errorName: undefined,
      });
    }
  }

  /** All steps inside a step. */
  inside(step: Step): Step[] {
    return children(step).flatMap(child =>
      child.steps.flatMap(one => [one, ...this.inside(one)]),
    );
  }

  #back(rule: string, message: string): never {
    throw new Violation(rule, this.#next, message);
  }

  #name({ type, data }: Event): string {
    return typeof data.stepId === 'string'
      ? `${type} of "${data.stepId}"`
      : type;
  }
}
