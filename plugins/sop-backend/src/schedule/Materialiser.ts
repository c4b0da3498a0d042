import { DEFAULT_CATCH_UP } from '@handrail/plugin-sop-common';
import { stepOf } from './occurrencesToCome';
import { fingerprintOf, Planner } from './Planner';
import {
  ScheduledProcedure,
  ScheduledProcedures,
  Targets,
} from './ScheduledProcedures';
import { ScheduleStore } from './ScheduleStore';
import { Occurrence, Plan } from './types';

/** Rows that one step writes for occurrences that were missed. */
const MAX_MISSED_ROWS = 10_000;

/**
 * Turns plans whose time has come into occurrences, one row per target. Any
 * number of replicas may do so: a plan is moved on by one of them, and an
 * occurrence has one row for ever.
 */
export class Materialiser {
  readonly #store: ScheduleStore;
  readonly #procedures: ScheduledProcedures;
  readonly #planner: Planner;
  readonly #now: () => string;

  constructor(options: {
    store: ScheduleStore;
    procedures: ScheduledProcedures;
    planner: Planner;
    now: () => string;
  }) {
    this.#store = options.store;
    this.#procedures = options.procedures;
    this.#planner = options.planner;
    this.#now = options.now;
  }

  /** @returns whether there may be more to do */
  async materialiseDue(): Promise<boolean> {
    const plans = await this.#store.duePlans(this.#now());
    for (const plan of plans) {
      await this.#materialise(plan);
    }
    return plans.length > 0;
  }

  async #materialise(plan: Plan): Promise<void> {
    const now = this.#now();
    const procedure = await this.#procedures.get(plan.sopRef);
    if (!procedure || fingerprintOf(procedure) !== plan.fingerprint) {
      await this.#planner.planOne(plan, procedure);
      return;
    }
    const targets = await this.#procedures.targets(procedure);
    const refs = 'refs' in targets ? targets.refs : [undefined];
    const step = stepOf(
      procedure.schedule,
      plan.nextAt as string,
      now,
      Math.floor(MAX_MISSED_ROWS / refs.length),
    );
    const occurrences = step.start
      ? occurrencesOf(plan.sopRef, step.start, targets)
      : missedOf(procedure, step.missed, step.omitted, refs);
    await this.#store.materialise(plan, occurrences, step.nextAt, now);
  }
}

function occurrencesOf(
  sopRef: string,
  occursAt: string,
  targets: Targets,
): Occurrence[] {
  return 'refs' in targets
    ? targets.refs.map(targetRef => ({
        ...{ sopRef, occursAt, targetRef },
        state: 'due',
        attempts: 0,
      }))
    : [
        {
          ...{ sopRef, occursAt, state: 'failed', attempts: 0 },
          reason: targets.problem,
        },
      ];
}

function missedOf(
  { sopRef, schedule }: ScheduledProcedure,
  missed: string[],
  omitted: number,
  refs: Array<string | undefined>,
): Occurrence[] {
  const allowed = schedule.catchUp ?? DEFAULT_CATCH_UP;
  const because = `Nothing was there to start it within ${allowed}, for which the schedule allows to be late.`;
  return missed.flatMap((occursAt, index) => {
    const reason =
      index === 0 && omitted > 0
        ? `${because} So it was with ${omitted} occurrences before it.`
        : because;
    return refs.map(targetRef => ({
      ...{ sopRef, occursAt, targetRef, reason },
      state: 'missed' as const,
      attempts: 0,
    }));
  });
}
