import { nextOccurrence, occurrences } from '@handrail/calendar';
import { fingerprint } from './occurrencesToCome';
import { ScheduledProcedure, ScheduledProcedures } from './ScheduledProcedures';
import { ScheduleStore } from './ScheduleStore';
import { Plan } from './types';

/**
 * How far back a change may have happened before it is seen. An occurrence of
 * the changed schedule that falls into this time is not lost.
 */
const UNSEEN_MS = 60_000;

/** The fingerprint of a procedure that does not start by itself for now. */
const PAUSED = 'paused';

/** Keeps the plans in line with the procedures in the catalog. */
export class Planner {
  readonly #store: ScheduleStore;
  readonly #procedures: ScheduledProcedures;
  readonly #now: () => string;

  constructor(options: {
    store: ScheduleStore;
    procedures: ScheduledProcedures;
    now: () => string;
  }) {
    this.#store = options.store;
    this.#procedures = options.procedures;
    this.#now = options.now;
  }

  /** Plans what is new or changed, and drops what is gone. */
  async planAll(): Promise<void> {
    const now = this.#now();
    const procedures = await this.#procedures.list();
    const seen = new Map(
      (await this.#store.plans()).map(plan => [plan.sopRef, plan]),
    );
    const known = new Set(procedures.map(({ sopRef }) => sopRef));
    await this.#store.savePlans(
      procedures.map(one => planOf(one, seen.get(one.sopRef), now)),
      seen,
    );
    await this.#store.removePlans(
      [...seen.keys()].filter(sopRef => !known.has(sopRef)),
    );
  }

  /** The same for one procedure whose plan turned out to be out of date. */
  async planOne(
    before: Plan,
    procedure: ScheduledProcedure | undefined,
  ): Promise<void> {
    if (!procedure) {
      await this.#store.removePlans([before.sopRef]);
      return;
    }
    await this.#store.savePlans(
      [planOf(procedure, before, this.#now())],
      new Map([[before.sopRef, before]]),
    );
  }
}

/** What a plan of a procedure must have as its fingerprint to be up to date. */
export function fingerprintOf({ schedule, refusal }: ScheduledProcedure) {
  return refusal === undefined ? fingerprint(schedule) : PAUSED;
}

function planOf(
  procedure: ScheduledProcedure,
  before: Plan | undefined,
  now: string,
): Plan {
  const { sopRef, schedule, refusal } = procedure;
  const plan = {
    sopRef,
    fingerprint: fingerprintOf(procedure),
    checkedAt: now,
  };
  if (refusal !== undefined) {
    return { ...plan, note: refusal };
  }
  if (before?.fingerprint === plan.fingerprint) {
    return { ...plan, nextAt: before.nextAt, note: before.note };
  }
  const nextAt = firstAfter(schedule, before, now);
  return nextAt
    ? { ...plan, nextAt }
    : { ...plan, note: 'The schedule has ended; no occurrence is to come.' };
}

function firstAfter(
  schedule: ScheduledProcedure['schedule'],
  before: Plan | undefined,
  now: string,
): string | undefined {
  if (!before || before.fingerprint === PAUSED) {
    return nextOccurrence(schedule, now);
  }
  const from = new Date(
    Math.max(Date.parse(before.checkedAt), Date.parse(now) - UNSEEN_MS),
  ).toISOString();
  // What the plan before already has started is not started again: occurrences
  // have a unique row.
  const [unseen] = occurrences(schedule, { from, to: now, limit: 1 });
  return (
    unseen ??
    nextOccurrence(schedule, new Date(Date.parse(now) - 1).toISOString())
  );
}
