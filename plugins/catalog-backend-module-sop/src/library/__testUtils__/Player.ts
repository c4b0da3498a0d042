import { parseEntityRef } from '@backstage/catalog-model';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  Actor,
  AnyRunEvent,
  decide,
  evolve,
  indexRun,
  indexSpec,
  openTasks,
  PendingWork,
  pendingWork,
  PolicyRevision,
  RunCommand,
  RunState,
  SopSpec,
  SopStep,
  TOUR_REPORTER,
} from '@handrail/plugin-sop-common';
import { guessEvidence, guessInputs } from './guess';

/** What cannot be guessed, and what shall go differently this time. */
export interface Plan {
  inputs?: JsonObject;
  /** By step, then by id of the evidence. */
  evidence?: Record<string, Record<string, JsonValue>>;
  /** What actions answer, by step. */
  outputs?: Record<string, JsonValue>;
  /** Payloads of the events that steps listen for, by step. */
  events?: Record<string, JsonValue>;
  /** Entity ref; a component when absent. */
  target?: string;
  /** Of the target. */
  annotations?: Record<string, string>;
  /** Approvals whose first answer is a rejection. */
  reject?: string[];
  /** Hand-overs that are given back the first time. */
  giveBack?: string[];
  /** Groups of whoever does a step, instead of those that may. */
  groups?: Record<string, string[]>;
  /** End with the first no. */
  stop?: boolean;
  /** Milliseconds that the work of a task takes, by step; none when absent. */
  takes?: Record<string, number>;
  /** Tasks that nobody touches before all their deadlines have passed. */
  late?: string[];
  /** ISO instant of the start; a Monday morning when absent. */
  start?: string;
  /** What owners of the target demand, from the start to the end. */
  policies?: PolicyRevision[];
  /** End as soon as a step is blocked, instead of waiting until it opens. */
  stopWhenBlocked?: boolean;
}

/** How a run went. */
export interface Played {
  state: RunState;
  events: AnyRunEvent[];
  /** Ids, as the procedure has them, of steps that were completed at least once. */
  completed: Set<string>;
}

const START = '2026-11-02T09:00:00.000Z';
const MAX_TURNS = 2000;

/**
 * Takes runs to their end with simulated people and a clock that jumps to what
 * is due. Each task is done by somebody who did nothing before, so that
 * four-eyes never stands in the way.
 */
export class Player {
  readonly #spec: SopSpec;
  readonly #plan: Plan;
  readonly #events: AnyRunEvent[] = [];
  readonly #answered = new Set<string>();
  readonly #offered = new Set<string>();
  readonly #late: Set<string>;
  #state: RunState | undefined;
  #now: number;

  constructor(spec: SopSpec, plan: Plan = {}) {
    this.#spec = spec;
    this.#plan = plan;
    this.#late = new Set(plan.late);
    this.#now = Date.parse(plan.start ?? START);
  }

  /** Plays until the run is over or on hold. */
  play(name: string): Played {
    this.#start(name);
    for (let turn = 1; turn < MAX_TURNS && this.#goesOn(); turn++) {
      if (!this.#doTask(turn) && !this.#doWork()) {
        break;
      }
    }
    return {
      state: this.#state!,
      events: this.#events,
      completed: new Set(
        this.#events.flatMap(event =>
          event.type === 'step.completed' ? [plainId(event.data.stepId)] : [],
        ),
      ),
    };
  }

  #goesOn(): boolean {
    const hasStopped = this.#events.some(
      event => event.type === 'vote.cast' && event.data.decision === 'reject',
    );
    if (this.#plan.stop && hasStopped) {
      return false;
    }
    const isBlocked = Object.values(this.#state?.steps ?? {}).some(
      step => step.status === 'blocked',
    );
    if (this.#plan.stopWhenBlocked && isBlocked) {
      return false;
    }
    return !this.#state?.closedAt && this.#state?.status !== 'held';
  }

  #run(command: RunCommand, actor?: Actor): void {
    const facts = {
      now: new Date(this.#now).toISOString(),
      actor,
      spec: this.#spec,
      reporter: TOUR_REPORTER,
      // An electorate of three for every group.
      members: this.#members(),
      policies: this.#plan.policies,
    };
    for (const event of decide(this.#state, command, facts)) {
      this.#state = evolve(this.#state, event);
      this.#events.push(event);
    }
  }

  #members(): Record<string, string[]> {
    const groups = Object.values(this.#spec.roles ?? {}).flatMap(role =>
      role.potentialOwners.filter(ref => ref.startsWith('group:')),
    );
    return Object.fromEntries(
      groups.map(group => [
        group,
        [1, 2, 3].map(n => `user:default/${group.split('/')[1]}-${n}`),
      ]),
    );
  }

  #start(name: string): void {
    const target = this.#plan.target ?? 'component:default/shop';
    this.#run(
      {
        type: 'start',
        runId: 'run-1',
        sopRef: `sop:default/${name}`,
        revisionHash: 'hash',
        title: name,
        procedures: this.#procedures(),
        inputs: { ...guessInputs(this.#spec.inputs), ...this.#plan.inputs },
        target: {
          entityRef: target,
          ...pick(parseEntityRef(target)),
          owner: 'group:default/owners',
          metadata: this.#plan.annotations
            ? { annotations: this.#plan.annotations }
            : {},
          spec: {},
        },
      },
      person('user:default/initiator'),
    );
  }

  /** Revisions of the procedures that steps run. */
  #procedures(): Record<string, string> {
    return Object.fromEntries(
      [...indexSpec(this.#spec).values()].flatMap(({ step }) =>
        step.type === 'run' ? [[step.sop, 'hash-of-another']] : [],
      ),
    );
  }

  /** Somebody who has a right to it and did nothing before. */
  #actorFor(owners: string[], turn: number): Actor {
    const [owner] = owners;
    return owner.startsWith('user:')
      ? person(owner)
      : person(`user:default/person-${turn}`, owners);
  }

  #doTask(turn: number): boolean {
    // The votes of an approval that was put off are in; it waits for checks.
    const task = openTasks(this.#state!, this.#spec).find(
      ({ stepId }) => !this.#state!.steps[stepId].deferred,
    );
    if (!task) {
      return false;
    }
    const step = indexRun(this.#state!, this.#spec).get(task.stepId)!.step;
    if (this.#late.delete(step.id)) {
      this.#letPass(step.id);
      return true;
    }
    this.#now += this.#plan.takes?.[step.id] ?? 0;
    const at = { stepId: task.stepId, taskVersion: task.version };
    const actor = this.#actorFor(
      this.#plan.groups?.[step.id] ?? task.potentialOwners,
      turn,
    );
    const isFirst = !this.#answered.has(step.id);
    if (step.type === 'approval') {
      const decision =
        isFirst && this.#plan.reject?.includes(step.id) ? 'reject' : 'approve';
      this.#run({ type: 'vote', ...at, decision, reason: 'Because' }, actor);
      // A majority has to reject, one vote is not enough.
      if (this.#state!.steps[step.id]?.status !== 'ready') {
        this.#answered.add(step.id);
      }
    } else if (step.type === 'handoff') {
      this.#answered.add(step.id);
      this.#run(
        isFirst && this.#plan.giveBack?.includes(step.id)
          ? { type: 'return', ...at, reason: 'Not finished' }
          : { type: 'accept', ...at },
        actor,
      );
    } else if (step.type === 'tour') {
      this.#run(
        {
          type: 'tour-finished',
          stepId: step.id,
          tour: step.tour,
          tourVersion: 1,
          finishedAt: new Date(this.#now).toISOString(),
        },
        actor,
      );
    } else {
      this.#run(
        { type: 'complete', ...at, evidence: this.#leave(step) },
        actor,
      );
    }
    return true;
  }

  #leave(step: SopStep): Record<string, JsonValue> {
    const fields = step.type === 'manual' ? step.evidence ?? [] : [];
    return Object.fromEntries(
      fields.map(field => [
        field.id,
        this.#plan.evidence?.[plainId(step.id)]?.[field.id] ??
          guessEvidence(field),
      ]),
    );
  }

  /** What is due next, first one in front. */
  #due(): PendingWork[] {
    return pendingWork(this.#state!, this.#spec)
      .slice()
      .sort((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? ''));
  }

  /** Nobody does a task until its deadlines are over and it was reminded of. */
  #letPass(stepId: string): void {
    const passed = new Set<string>();
    for (;;) {
      const timers = this.#due().filter(
        ({ slot }) => slot === 'deadline' || slot === 'reminder',
      );
      const own = timers.filter(one => one.stepId === stepId);
      // Reminders never end; one is enough.
      const awaited = own.filter(
        ({ slot }) => slot === 'deadline' || !passed.has(slot),
      );
      if (awaited.length === 0) {
        return;
      }
      const [next] = timers;
      if (own.includes(next)) {
        passed.add(next.slot);
      }
      this.#carryOut(next);
    }
  }

  #doWork(): boolean {
    // People are in time: what is left of deadlines and reminders is no work.
    const work = this.#due().find(
      one =>
        ['step', 'guard', 'child'].includes(one.slot) ||
        (one.slot === 'event' && this.#hasEvent(one)),
    );
    if (!work) {
      return false;
    }
    this.#carryOut(work);
    return true;
  }

  /** Jumps to what is due, and lets it happen. */
  #carryOut(work: PendingWork): void {
    this.#now = Math.max(this.#now, Date.parse(work.dueAt ?? '') || 0);
    const { kind, stepId, attempt } = work;
    const output = this.#plan.outputs?.[plainId(stepId)] ?? { status: 200 };
    switch (kind) {
      case 'wait':
      case 'blocked':
        this.#run({ type: 'timer-fired', stepId, attempt });
        break;
      case 'deadline':
      case 'reminder':
        this.#run({ type: 'timer-fired', stepId, attempt, slot: kind });
        break;
      case 'guard':
        this.#run({ type: 'guard-succeeded', stepId, attempt, output });
        break;
      case 'dispatch':
        this.#run({ type: 'dispatch-action', stepId, attempt, try: work.try! });
        break;
      case 'start-child':
        this.#runBelow(stepId, attempt);
        break;
      case 'find-event':
        this.#deliver(stepId, attempt);
        break;
      default:
        this.#run({
          type: 'action-succeeded',
          stepId,
          attempt,
          try: work.try!,
          output,
        });
    }
  }

  /** A run that a step starts ends well at once. */
  #runBelow(stepId: string, attempt: number): void {
    const child = { stepId, attempt, runId: `run-of-${stepId}` };
    this.#run({ type: 'child-started', ...child });
    this.#run({
      type: 'child-ended',
      ...child,
      status: 'completed',
      output: { runId: child.runId, status: 'completed', steps: {} },
    });
  }

  /** Whether there is an event for a step that it was not offered yet. */
  #hasEvent({ stepId, attempt }: PendingWork): boolean {
    return (
      this.#plan.events?.[plainId(stepId)] !== undefined &&
      !this.#offered.has(`${stepId}/${attempt}`)
    );
  }

  #deliver(stepId: string, attempt: number): void {
    const step = indexRun(this.#state!, this.#spec).get(stepId)?.step;
    const payload = this.#plan.events?.[plainId(stepId)];
    if (step?.type !== 'listen' || payload === undefined) {
      return;
    }
    this.#offered.add(`${stepId}/${attempt}`);
    this.#run({
      type: 'event-arrived',
      stepId,
      attempt,
      event: {
        id: `event-${this.#events.length}`,
        source: step.source ?? 'test',
        topic: step.topic,
        receivedAt: new Date(this.#now).toISOString(),
        payload,
      },
    });
  }
}

/** Id of a step of an item without the item: `create` for `tickets[2].create`. */
function plainId(stepId: string): string {
  return stepId.replace(/^.*\]\./, '');
}

function person(ref: string, groups: string[] = []): Actor {
  return { ref, kind: 'user', ownershipEntityRefs: [ref, ...groups] };
}

function pick({ kind, namespace, name }: ReturnType<typeof parseEntityRef>) {
  return { kind, namespace, name };
}
