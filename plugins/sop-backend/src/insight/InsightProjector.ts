import { indexRun } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { LoadedRun, OutboxEntry, RunStore } from '../database/RunStore';
import { OutboxConsumer } from '../outbox';
import { afterEvent, stepsOf, StepTiming } from './stepTiming';

/** The table `insight_step`. */
export interface DbInsightStep {
  run_id: string;
  step_id: string;
  attempt: number;
  last_seq: number;
  sop_ref: string;
  sop_title: string;
  step_type: string;
  step_name: string;
  team: string;
  rehearsal: boolean;
  outcome: StepTiming['outcome'];
  started_ms: number | string;
  claimed_ms: number | string | null;
  ended_ms: number | string | null;
  active_ms: number | string | null;
  total_ms: number | string | null;
}

const number = (value: number | string | null) =>
  value === null ? undefined : Number(value);

function toTiming(row: DbInsightStep): StepTiming {
  return {
    stepId: row.step_id,
    attempt: row.attempt,
    lastSeq: row.last_seq,
    outcome: row.outcome,
    startedMs: Number(row.started_ms),
    claimedMs: number(row.claimed_ms),
    endedMs: number(row.ended_ms),
    activeMs: number(row.active_ms),
  };
}

/**
 * Measures how long steps take. Behind the outbox, so that no command waits for
 * it; what it saw before it leaves alone, so that a repeat counts nothing twice.
 */
export class InsightProjector implements OutboxConsumer {
  readonly name = 'insight';
  readonly startAt = 'beginning';
  readonly maxTries = 10;

  readonly #knex: Knex;
  readonly #store: Pick<RunStore, 'load'>;

  constructor(options: { knex: Knex; store: Pick<RunStore, 'load'> }) {
    this.#knex = options.knex;
    this.#store = options.store;
  }

  async deliver(entry: OutboxEntry): Promise<void> {
    const stepIds = [...new Set(entry.events.flatMap(stepsOf))];
    if (stepIds.length === 0) {
      return;
    }
    const run = await this.#store.load(entry.runId);
    const latest = await this.#latest(entry.runId, stepIds);
    const changed = new Map<string, StepTiming>();
    const index = indexRun(run.state, run.spec);
    for (const event of entry.events) {
      for (const stepId of stepsOf(event)) {
        const type = index.get(stepId)?.step.type;
        const after = afterEvent(
          latest.get(stepId),
          event,
          stepId,
          type === 'action' || type === 'check',
        );
        if (after && type) {
          latest.set(stepId, after);
          changed.set(`${stepId}/${after.attempt}`, after);
        }
      }
    }
    if (changed.size > 0) {
      await this.#knex<DbInsightStep>('insight_step')
        .insert([...changed.values()].map(timing => toRow(run, timing)))
        .onConflict(['run_id', 'step_id', 'attempt'])
        .merge();
    }
  }

  async #latest(
    runId: string,
    stepIds: string[],
  ): Promise<Map<string, StepTiming>> {
    const rows: DbInsightStep[] = await this.#knex<DbInsightStep>(
      'insight_step',
    )
      .where('run_id', runId)
      .whereIn('step_id', stepIds)
      .orderBy('last_seq');
    return new Map(rows.map(row => [row.step_id, toTiming(row)]));
  }
}

function toRow(run: LoadedRun, timing: StepTiming): DbInsightStep {
  const { state, spec, row } = run;
  const step = indexRun(state, spec).get(timing.stepId)?.step;
  const { endedMs, startedMs } = timing;
  return {
    run_id: state.runId,
    step_id: timing.stepId,
    attempt: timing.attempt,
    last_seq: timing.lastSeq,
    sop_ref: state.sopRef,
    sop_title: row.sopTitle,
    step_type: step?.type ?? '',
    step_name: step?.name ?? timing.stepId,
    team: state.target?.owner ?? spec.owner,
    rehearsal: state.mode !== undefined,
    outcome: timing.outcome,
    started_ms: startedMs,
    claimed_ms: timing.claimedMs ?? null,
    ended_ms: endedMs ?? null,
    active_ms: timing.activeMs ?? null,
    total_ms: endedMs === undefined ? null : endedMs - startedMs,
  };
}
