import type { Knex } from 'knex';
import { isPostgres, toIso } from '../database/dialect';
import { Occurrence, OccurrenceKey, OccurrenceState, Plan } from './types';

const KEY = ['sop_ref', 'occurs_at', 'target_ref'];
/** Rows in one statement; SQLite takes 500 at most. */
const CHUNK = 400;

interface DbPlan {
  sop_ref: string;
  fingerprint: string;
  next_at: Date | string | null;
  note: string | null;
  checked_at: Date | string;
}

/** The table `schedule_occurrence`. */
export interface DbOccurrence {
  sop_ref: string;
  occurs_at: Date | string;
  target_ref: string;
  state: OccurrenceState;
  run_id: string | null;
  reason: string | null;
  attempts: number;
  try_at: Date | string | null;
  settled_at: Date | string | null;
}

/** What an occurrence comes to, by the one who took it on. */
export interface Settlement extends OccurrenceKey {
  state: OccurrenceState;
  runId?: string;
  reason?: string;
  /** For `due`: when it is tried again. */
  tryAt?: string;
}

/**
 * Plans and occurrences. Times come from the caller, who has them from the
 * clock of the database.
 */
export class ScheduleStore {
  constructor(private readonly knex: Knex) {}

  async plans(): Promise<Plan[]> {
    return (await this.knex<DbPlan>('schedule')).map(toPlan);
  }

  async plan(sopRef: string): Promise<Plan | undefined> {
    const row = await this.knex<DbPlan>('schedule')
      .where('sop_ref', sopRef)
      .first();
    return row && toPlan(row);
  }

  /**
   * Writes plans, unless another replica wrote them since they were read.
   * @param seen - the plans as they were read
   */
  async savePlans(plans: Plan[], seen: Map<string, Plan>): Promise<void> {
    for (const plan of plans) {
      const before = seen.get(plan.sopRef);
      const values = {
        fingerprint: plan.fingerprint,
        next_at: plan.nextAt ?? null,
        note: plan.note ?? null,
        checked_at: plan.checkedAt,
      };
      if (before) {
        await this.knex<DbPlan>('schedule')
          .where('sop_ref', plan.sopRef)
          .where('checked_at', before.checkedAt)
          .where(at('next_at', before.nextAt))
          .update(values);
      } else {
        await this.knex('schedule')
          .insert({ sop_ref: plan.sopRef, ...values })
          .onConflict('sop_ref')
          .ignore();
      }
    }
  }

  async removePlans(sopRefs: string[]): Promise<void> {
    await this.knex<DbPlan>('schedule').whereIn('sop_ref', sopRefs).delete();
  }

  /** Plans whose next occurrence has come. */
  async duePlans(now: string): Promise<Plan[]> {
    const rows = await this.knex<DbPlan>('schedule')
      .where('next_at', '<=', now)
      .orderBy('next_at');
    return rows.map(toPlan);
  }

  /** When the next occurrence comes. */
  async nextAt(): Promise<string | undefined> {
    const row = await this.knex<DbPlan>('schedule')
      .whereNotNull('next_at')
      .orderBy('next_at')
      .first('next_at');
    return toIso(row?.next_at);
  }

  /**
   * Turns the next occurrence of a plan into rows, one per target, and moves the
   * plan on: all or nothing, and by one replica only.
   * @returns false when another one did it
   */
  async materialise(
    plan: Plan,
    occurrences: Occurrence[],
    nextAt: string | undefined,
    now: string,
  ): Promise<boolean> {
    return this.knex.transaction(async tx => {
      const moved = await tx<DbPlan>('schedule')
        .where('sop_ref', plan.sopRef)
        .where('fingerprint', plan.fingerprint)
        .where(at('next_at', plan.nextAt))
        .update({ next_at: nextAt ?? null });
      if (!moved) {
        return false;
      }
      const rows = occurrences.map(one => ({
        ...keyOf(one),
        state: one.state,
        reason: one.reason ?? null,
        try_at: one.state === 'due' ? now : null,
        settled_at: one.state === 'due' ? null : now,
      }));
      for (let from = 0; from < rows.length; from += CHUNK) {
        await tx('schedule_occurrence')
          .insert(rows.slice(from, from + CHUNK))
          .onConflict(KEY)
          .ignore();
      }
      return true;
    });
  }

  /**
   * Hands out occurrences that are due, each to one claimer at a time. Those of
   * one target come in their order. They come back after the lease.
   */
  async claim(options: {
    now: string;
    until: string;
    limit: number;
  }): Promise<Occurrence[]> {
    const { now, until, limit } = options;
    // Those of one target are handed out one after the other.
    const due = `SELECT o.sop_ref, o.occurs_at, o.target_ref
      FROM schedule_occurrence o
      WHERE o.state = 'due' AND o.try_at <= ? AND NOT EXISTS (
        SELECT 1 FROM schedule_occurrence e
        WHERE e.sop_ref = o.sop_ref AND e.target_ref = o.target_ref
          AND e.occurs_at < o.occurs_at AND e.state = 'due'
      )
      ORDER BY o.try_at LIMIT ?`;
    if (isPostgres(this.knex)) {
      const { rows } = await this.knex.raw(
        `UPDATE schedule_occurrence s SET try_at = ?, attempts = s.attempts + 1
         FROM (${due} FOR UPDATE SKIP LOCKED) d
         WHERE s.sop_ref = d.sop_ref AND s.occurs_at = d.occurs_at
           AND s.target_ref = d.target_ref
         RETURNING s.*`,
        [until, now, limit],
      );
      return (rows as DbOccurrence[]).map(toOccurrence);
    }
    const rows: DbOccurrence[] = await this.knex.raw(
      `UPDATE schedule_occurrence SET try_at = ?, attempts = attempts + 1
       WHERE (sop_ref, occurs_at, target_ref) IN (${due}) RETURNING *`,
      [until, now, limit],
    );
    return rows.map(toOccurrence);
  }

  /** Writes what became of occurrences that are still due. */
  async settle(settlements: Settlement[], now: string): Promise<void> {
    const rows = settlements.map(one => ({
      ...keyOf(one),
      state: one.state,
      run_id: one.runId ?? null,
      reason: one.reason ?? null,
      try_at: isOpen(one) ? one.tryAt ?? now : null,
      settled_at: isOpen(one) ? null : now,
    }));
    for (let from = 0; from < rows.length; from += CHUNK) {
      await this.knex('schedule_occurrence')
        .insert(rows.slice(from, from + CHUNK))
        .onConflict(KEY)
        .merge(['state', 'run_id', 'reason', 'try_at', 'settled_at'])
        .where('schedule_occurrence.state', 'due');
    }
  }

  /** Makes occurrences due whose run before is closed. @returns how many */
  async releaseWaiting(now: string): Promise<number> {
    const released = await this.knex.raw(
      `UPDATE schedule_occurrence SET state = 'due', try_at = ?
       WHERE state = 'waiting' AND NOT EXISTS (
         SELECT 1 FROM schedule_occurrence p JOIN run r ON r.run_id = p.run_id
         WHERE p.sop_ref = schedule_occurrence.sop_ref
           AND p.target_ref = schedule_occurrence.target_ref
           AND p.occurs_at < schedule_occurrence.occurs_at
           AND p.state = 'started' AND r.closed_at IS NULL
       ) RETURNING target_ref`,
      [now],
    );
    return (released.rows ?? released).length;
  }

  /** Runs that schedules started and that are open. */
  #openRuns() {
    return this.knex('schedule_occurrence as p')
      .join('run as r', 'r.run_id', 'p.run_id')
      .where('p.state', 'started')
      .whereNull('r.closed_at')
      .select('p.sop_ref', 'p.target_ref', 'p.occurs_at', 'p.run_id');
  }

  /**
   * What stands in the way of occurrences: a run before that is open, and
   * whether an occurrence before waits for it already.
   * @returns by target
   */
  async obstacles(
    sopRef: string,
    targets: string[],
    before: string,
  ): Promise<Map<string, { runId?: string; waiting: boolean }>> {
    const found = new Map<string, { runId?: string; waiting: boolean }>();
    for (let from = 0; from < targets.length; from += CHUNK) {
      const some = targets.slice(from, from + CHUNK);
      const open: DbOccurrence[] = await this.#openRuns()
        .where('p.sop_ref', sopRef)
        .where('p.occurs_at', '<', before)
        .whereIn('p.target_ref', some);
      for (const { target_ref, run_id } of open) {
        found.set(target_ref, { runId: run_id ?? undefined, waiting: false });
      }
      const waiting = await this.knex<DbOccurrence>('schedule_occurrence')
        .where({ sop_ref: sopRef, state: 'waiting' })
        .where('occurs_at', '<', before)
        .whereIn('target_ref', some)
        .select('target_ref');
      for (const { target_ref } of waiting) {
        found.set(target_ref, { ...found.get(target_ref), waiting: true });
      }
    }
    return found;
  }
}

/** A condition on an instant that may be null. */
function at(column: string, instant: string | undefined) {
  return instant === undefined
    ? (query: Knex.QueryBuilder) => query.whereNull(column)
    : (query: Knex.QueryBuilder) => query.where(column, instant);
}

function isOpen({ state }: { state: OccurrenceState }): boolean {
  return state === 'due' || state === 'waiting';
}

function keyOf({ sopRef, occursAt, targetRef }: OccurrenceKey) {
  return {
    sop_ref: sopRef,
    occurs_at: occursAt,
    target_ref: targetRef ?? '',
  };
}

function toPlan(row: DbPlan): Plan {
  return {
    sopRef: row.sop_ref,
    fingerprint: row.fingerprint,
    nextAt: toIso(row.next_at),
    note: row.note ?? undefined,
    checkedAt: toIso(row.checked_at),
  };
}

/** An occurrence from its row. */
export function toOccurrence(row: DbOccurrence): Occurrence {
  return {
    sopRef: row.sop_ref,
    occursAt: toIso(row.occurs_at),
    targetRef: row.target_ref || undefined,
    state: row.state,
    runId: row.run_id ?? undefined,
    reason: row.reason ?? undefined,
    attempts: row.attempts,
    settledAt: toIso(row.settled_at),
  };
}
