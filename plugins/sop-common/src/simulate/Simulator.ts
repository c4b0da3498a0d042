import { stepState } from '../engine/context';
import { decide } from '../engine/decide';
import { evolve, isClosed } from '../engine/evolve';
import { HumanStep, isHumanStep } from '../engine/people';
import { openTasks, pendingWork } from '../engine/queries';
import { indexRun, indexSpec, SpecIndex } from '../engine/specIndex';
import { plusDuration } from '../engine/time';
import {
  Actor,
  AnyRunEvent,
  RunCommand,
  RunState,
  TOUR_REPORTER,
} from '../engine/types';
import { PolicyRevision } from '../model/policy';
import { ListenStep, RunStep, SopSpec } from '../model/types';
import { effectiveSpec } from '../policy/effectiveSpec';
import { Cast } from './people';
import {
  relaxPolicies,
  relaxSpec,
  sampleEvidence,
  sampleInputs,
} from './relax';
import {
  SimulatedMove,
  SimulationAssumptions,
  SimulationInput,
  StepAssumption,
} from './types';

const PERSON_TAKES = 'PT15M';
const AUTOMATION_TAKES = 'PT1M';
const FAILED = {
  error: { name: 'Assumed', message: 'Assumed to fail' },
  retryable: false,
};

/**
 * A run that never happens: the engine itself, with a clock that jumps from one
 * event to the next and people who do what is asked of them. Nothing leaves it.
 */
export class Simulator {
  readonly cast: Cast;
  readonly events: AnyRunEvent[] = [];
  readonly spec: SopSpec;
  readonly assumptions: SimulationAssumptions;
  readonly #policies: PolicyRevision[];
  readonly #pinned: Map<string, PolicyRevision>;
  readonly #dispatchedAt = new Map<string, string>();
  #now: string;
  #state: RunState;

  /** @throws InputError when the run cannot even start, as the engine says. */
  constructor(input: SimulationInput) {
    this.assumptions = input.assumptions ?? {};
    this.spec = relaxSpec(input.spec, this.assumptions);
    this.#policies = relaxPolicies(input.policies ?? []);
    this.#pinned = new Map(this.#policies.map(one => [one.hash, one]));
    this.cast = new Cast(
      input.spec,
      input.target?.owner ? [input.target.owner] : [],
      input.members,
    );
    this.#now = input.startAt;
    this.#state = undefined as unknown as RunState;
    this.#apply(
      {
        type: 'start',
        runId: 'simulation',
        sopRef: input.sopRef,
        revisionHash: 'simulation',
        title: input.title,
        procedures: proceduresOf(input.spec),
        inputs: sampleInputs(input.spec.inputs, input.inputs),
        ...(input.target ? { target: input.target } : {}),
      },
      this.cast.actor(input.initiator),
    );
  }

  get state(): RunState {
    return this.#state;
  }

  get now(): string {
    return this.#now;
  }

  /** The procedure as policies demand it now. */
  get effective(): SopSpec {
    return effectiveSpec(this.#state, this.spec, {
      policies: this.#policies,
      pinnedPolicies: this.#pinned,
    });
  }

  /** Its steps, those of items included once their list is known. */
  get index(): SpecIndex {
    return indexRun(this.#state, this.effective);
  }

  /** All that can happen next, what happens first in front. */
  moves(): SimulatedMove[] {
    if (isClosed(this.#state.status)) {
      return [];
    }
    return [...this.#workMoves(), ...this.#taskMoves()].sort(
      (a, b) => a.at.localeCompare(b.at) || this.#order(a) - this.#order(b),
    );
  }

  /**
   * Lets something happen, at its time.
   * @param assumption - instead of the one for the step
   * @throws errors of the engine; then nothing has happened.
   */
  play(move: SimulatedMove, assumption?: StepAssumption): void {
    const assumed = assumption ?? this.#assumed(move.stepId);
    const before = this.#now;
    this.#now = move.at > before ? move.at : before;
    try {
      const { command, actor } = this.#commandOf(move, assumed);
      if (command.type === 'child-ended') {
        const { stepId, attempt, runId } = command;
        this.#apply({ type: 'child-started', stepId, attempt, runId });
      }
      this.#apply(command, actor);
      if (move.kind === 'dispatch') {
        this.#dispatchedAt.set(move.stepId, this.#now);
      }
    } catch (error) {
      this.#now = before;
      throw error;
    }
  }

  #order({ stepId }: SimulatedMove): number {
    return this.index.get(stepId)?.order ?? 0;
  }

  #assumed(stepId: string): StepAssumption {
    const { steps } = this.assumptions;
    // Of an item what is assumed of the step of all of them.
    return steps?.[stepId] ?? steps?.[stepId.replace(/^.*\]\./, '')] ?? {};
  }

  #takes(stepId: string, kind: 'person' | 'automation'): string {
    const usual = kind === 'person' ? PERSON_TAKES : AUTOMATION_TAKES;
    return this.#assumed(stepId).takes ?? this.assumptions[kind] ?? usual;
  }

  #workMoves(): SimulatedMove[] {
    return pendingWork(this.#state, this.spec).flatMap(
      (work): SimulatedMove[] => {
        const { stepId } = work;
        const at = work.dueAt ?? this.#now;
        switch (work.kind) {
          case 'wait':
          case 'blocked':
            return [{ kind: 'timer', stepId, at }];
          case 'dispatch':
            return [{ kind: 'dispatch', stepId, at }];
          case 'lease': {
            const from = this.#dispatchedAt.get(stepId) ?? this.#now;
            const until = plusDuration(from, this.#takes(stepId, 'automation'));
            return [{ kind: 'outcome', stepId, at: until }];
          }
          case 'guard':
            return [{ kind: 'outcome', stepId, at }];
          case 'find-event':
          case 'start-child':
            return this.#elsewhere(work.kind, stepId, at);
          default:
            // Deadlines and reminders: people are in time here.
            return [];
        }
      },
    );
  }

  /** What happens elsewhere: an event that is to fail never comes. */
  #elsewhere(
    kind: 'find-event' | 'start-child',
    stepId: string,
    from: string,
  ): SimulatedMove[] {
    const neverComes =
      kind === 'find-event' && this.#assumed(stepId).outcome === 'fail';
    const at = plusDuration(from, this.#takes(stepId, 'automation'));
    return neverComes ? [] : [{ kind: 'outcome', stepId, at }];
  }

  #taskMoves(): SimulatedMove[] {
    const spec = this.effective;
    return openTasks(this.#state, spec).flatMap(task => {
      const step = this.index.get(task.stepId)?.step as HumanStep;
      const at = plusDuration(task.since, this.#takes(step.id, 'person'));
      const voted = stepState(this.#state, step.id).votes ?? [];
      if (stepState(this.#state, step.id).deferred) {
        // The votes are in; it waits for checks.
        return [];
      }
      const candidates = this.cast
        .of(this.#state, spec, step)
        .eligible.filter(ref => !voted.some(({ by }) => by === ref));
      if (candidates.length === 0) {
        return [];
      }
      const by = this.cast.choose(this.#state, spec, candidates);
      const kind = step.type === 'approval' ? 'vote' : 'task';
      return [{ kind: kind as 'vote' | 'task', stepId: step.id, at, by }];
    });
  }

  #commandOf(
    move: SimulatedMove,
    assumed: StepAssumption,
  ): { command: RunCommand; actor?: Actor } {
    const { stepId } = move;
    const current = stepState(this.#state, stepId);
    const { attempt } = current;
    const fails = assumed.outcome === 'fail';
    switch (move.kind) {
      case 'timer': {
        const of = current.blocked?.attempt ?? attempt;
        return { command: { type: 'timer-fired', stepId, attempt: of } };
      }
      case 'dispatch': {
        const next = (current.tries ?? 0) + 1;
        return {
          command: { type: 'dispatch-action', stepId, attempt, try: next },
        };
      }
      case 'outcome': {
        const step = this.index.get(stepId)?.step;
        if (step?.type === 'listen' || step?.type === 'run') {
          return { command: this.#commandFromElsewhere(step, move, assumed) };
        }
        if (current.guard) {
          return {
            command: { type: 'guard-failed', stepId, attempt, ...FAILED },
          };
        }
        const order = { stepId, attempt, try: current.tries ?? 1 };
        return {
          command: fails
            ? {
                type: 'action-failed',
                ...order,
                ...FAILED,
              }
            : {
                type: 'action-succeeded',
                ...order,
                output: assumed.output ?? {},
              },
        };
      }
      default:
        return this.#humanCommand(move, assumed);
    }
  }

  #commandFromElsewhere(
    step: ListenStep | RunStep,
    { stepId }: SimulatedMove,
    assumed: StepAssumption,
  ): RunCommand {
    const { attempt } = stepState(this.#state, stepId);
    const output = assumed.output ?? {};
    if (step.type === 'run') {
      const fails = assumed.outcome === 'fail';
      return {
        type: 'child-ended',
        stepId,
        attempt,
        runId: `simulation/${stepId}/${attempt}`,
        status: fails ? 'failed' : 'completed',
        ...(fails ? { reason: 'Assumed to fail' } : {}),
        output,
      };
    }
    return {
      type: 'event-arrived',
      stepId,
      attempt,
      event: {
        id: `simulation/${stepId}/${attempt}`,
        source: step.source ?? 'simulation',
        topic: step.topic,
        receivedAt: this.#now,
        payload: output,
      },
    };
  }

  #humanCommand(
    { stepId, by = '' }: SimulatedMove,
    assumed: StepAssumption,
  ): { command: RunCommand; actor: Actor } {
    const step = this.index.get(stepId)?.step;
    if (!step || !isHumanStep(step)) {
      throw new Error(`Nobody acts on step ${stepId}`);
    }
    const actor = this.cast.actor(by);
    const at = {
      stepId,
      taskVersion: stepState(this.#state, stepId).version,
    };
    const reason = 'Assumed';
    if (step.type === 'approval') {
      const decision = assumed.outcome === 'fail' ? 'reject' : 'approve';
      return { command: { type: 'vote', ...at, decision, reason }, actor };
    }
    if (assumed.outcome === 'fail') {
      return { command: { type: 'report-failure', ...at, reason }, actor };
    }
    if (step.type === 'handoff') {
      return { command: { type: 'accept', ...at }, actor };
    }
    if (step.type === 'tour') {
      return {
        command: {
          type: 'tour-finished',
          stepId,
          tour: step.tour,
          tourVersion: 1,
          finishedAt: this.#now,
        },
        actor,
      };
    }
    const evidence = {
      ...sampleEvidence(step.type === 'manual' ? step.evidence : []),
      ...assumed.evidence,
    };
    return { command: { type: 'complete', ...at, evidence }, actor };
  }

  #apply(command: RunCommand, actor?: Actor): void {
    const events = decide(this.#state, command, {
      now: this.#now,
      actor,
      reporter: TOUR_REPORTER,
      spec: this.spec,
      members: this.cast.members,
      policies: this.#policies,
      pinnedPolicies: this.#pinned,
    });
    for (const event of events) {
      this.#state = evolve(this.#state, event);
      this.events.push(event);
    }
  }
}

/** Some revision of each procedure that steps run; nothing of it is played. */
function proceduresOf(spec: SopSpec): Record<string, string> {
  return Object.fromEntries(
    [...indexSpec(spec).values()].flatMap(({ step }) =>
      step.type === 'run' ? [[step.sop, 'simulation']] : [],
    ),
  );
}
