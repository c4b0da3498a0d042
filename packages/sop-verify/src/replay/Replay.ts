import { children, Outline, outline } from './outline';
import { PolicyBook } from './PolicyBook';
import { fits, Predicted, show } from './prediction';
import { Policy } from './tighten';
import {
  Event,
  JsonObject,
  Procedure,
  RunState,
  Step,
  StepState,
  Violation,
} from './types';

export const OPEN = ['blocked', 'ready', 'reserved', 'running', 'in-doubt'];

/** Every type of event this program has rules for. */
const KNOWN = new Set([
  'run.started',
  'step.started',
  'step.blocked',
  'step.unblocked',
  'lock.acquired',
  'glass.broken',
  'event.received',
  'step.skipped',
  'deadline.passed',
  'task.escalated',
  'task.reminded',
  'guard.measured',
  'check.outdated',
  'approval.deferred',
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

/** Who acted for the person, when somebody did: it is on record and breaks no rule. */
function viaOf({ actor, data }: Event): { via?: string } {
  return actor !== undefined && typeof data.via === 'string'
    ? { via: data.via }
    : {};
}

/**
 * A journal that is played again. Each round begins with an event that a person
 * or a machine caused, which must be allowed where the run stands; what follows
 * from it by the procedure alone is predicted and must stand in the journal
 * event for event.
 */
export class Replay {
  outline: Outline;
  run!: RunState;
  /** Who caused the round, and when. */
  cause: { at: string; actor?: string } = { at: '' };
  readonly policies: PolicyBook;
  #next = 0;
  /** Number of the event that began the round. */
  #cause = 0;

  /** @param policies - wordings of policies by hash */
  constructor(
    readonly procedure: Procedure,
    readonly events: readonly Event[],
    policies: ReadonlyMap<string, Policy>,
  ) {
    this.outline = outline(procedure);
    this.policies = new PolicyBook(this, policies);
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

  /** The same, when it can belong to this round: a round is of one moment. */
  peekNow(offset: number = 0): Event | undefined {
    const event = this.peek(offset);
    return event?.at === this.cause.at ? event : undefined;
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

  /** Begins a round with the event at hand, which is not taken yet. */
  enter(actor: string | undefined = this.peek()?.actor): Event {
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
    this.cause = { at: event.at, actor };
    this.#cause = this.seq;
    this.policies.beginRound();
    return event;
  }

  /** Takes the event that begins a round. */
  begin(): Event {
    const event = this.enter();
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
    if (!fits(event.data, { ...data, ...viaOf(event) })) {
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
      key =>
        !required.includes(key) &&
        !optional.includes(key) &&
        !(key in viaOf(event)),
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

  /** Stops at what is wrong with the journal; what is wrong with the procedure is the run's own affair. */
  rethrowViolation(error: unknown): void {
    if (error instanceof Violation) {
      throw error;
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
      lock: undefined,
      dispatched: false,
      dueAt: undefined,
      errorName: undefined,
      deferred: undefined,
      endedAt: this.cause.at,
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

  /** A task of this run alone. */
  addReview(step: Step): void {
    this.outline = new Map(this.outline).set(step.id, {
      step,
      list: [step],
      position: 0,
      reviews: true,
    });
    this.touch(step.id, { status: 'ready', attempt: 1 });
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
        blocked: undefined,
        lock: undefined,
        skips: undefined,
        endedAt: undefined,
        deadline: undefined,
        escalatedTo: undefined,
        reminders: undefined,
        guard: undefined,
        deferred: undefined,
        policies: undefined,
      });
    }
  }

  /** A step has no good end. */
  failed(id: string, errorName: string): void {
    this.touch(id, {
      status: 'failed',
      blocked: undefined,
      lock: undefined,
      claimedBy: undefined,
      dispatched: false,
      dueAt: undefined,
      deferred: undefined,
      endedAt: this.cause.at,
      errorName,
    });
  }

  /** All steps inside a step. */
  inside(step: Step): Step[] {
    return children(step).flatMap(child =>
      child.steps.flatMap(one => [one, ...this.inside(one)]),
    );
  }

  #back(rule: string, message: string): never {
    throw new Violation(rule, this.#cause, message);
  }

  #name({ type, data }: Event): string {
    return typeof data.stepId === 'string'
      ? `${type} of "${data.stepId}"`
      : type;
  }
}
