import { AnyRunEvent } from '@handrail/plugin-sop-common';

/** How an attempt of a step went, as far as it went. Times in Unix milliseconds. */
export interface StepTiming {
  stepId: string;
  /** 0 for a step that was skipped. */
  attempt: number;
  /** The event it is up to date with. */
  lastSeq: number;
  outcome: 'open' | 'completed' | 'failed' | 'cancelled' | 'skipped';
  startedMs: number;
  /** When the claim began that is going on. */
  claimedMs?: number;
  endedMs?: number;
  /**
   * How long somebody had claimed it, or automation ran; absent for work that
   * nobody claimed: how long that took nobody knows.
   */
  activeMs?: number;
}

/** Steps that one event may change. */
export function stepsOf(event: AnyRunEvent): string[] {
  if (event.type === 'step.skipped') {
    return [event.data.stepId, ...(event.data.nested ?? [])];
  }
  if ('stepIds' in event.data) {
    return event.data.stepIds;
  }
  return 'stepId' in event.data ? [event.data.stepId] : [];
}

const ENDS: Partial<Record<AnyRunEvent['type'], StepTiming['outcome']>> = {
  'step.completed': 'completed',
  'step.failed': 'failed',
  'step.cancelled': 'cancelled',
  // Sent back before it ended.
  'step.reset': 'cancelled',
};

/**
 * The timing of a step after an event.
 *
 * @param latest - of the step's latest attempt
 * @param automated - it runs from start to end without anybody
 * @returns undefined when the event changes nothing, or was seen before
 */
export function afterEvent(
  latest: StepTiming | undefined,
  event: AnyRunEvent,
  stepId: string,
  automated: boolean,
): StepTiming | undefined {
  if (latest && latest.lastSeq >= event.seq) {
    return undefined;
  }
  const at = Date.parse(event.at);
  const base = { stepId, lastSeq: event.seq };
  if (event.type === 'step.started') {
    const { attempt } = event.data;
    return { ...base, attempt, outcome: 'open', startedMs: at };
  }
  if (event.type === 'step.skipped') {
    return {
      ...base,
      attempt: 0,
      outcome: 'skipped',
      startedMs: at,
      endedMs: at,
    };
  }
  if (latest?.outcome !== 'open') {
    return undefined;
  }
  if (event.type === 'task.claimed') {
    return { ...latest, ...base, claimedMs: at };
  }
  const { claimedMs } = latest;
  const activeMs =
    claimedMs === undefined
      ? latest.activeMs
      : (latest.activeMs ?? 0) + at - claimedMs;
  if (event.type === 'task.released') {
    return { ...latest, ...base, activeMs, claimedMs: undefined };
  }
  const outcome = ENDS[event.type];
  return outcome
    ? {
        ...latest,
        ...base,
        outcome,
        endedMs: at,
        claimedMs: undefined,
        activeMs: automated ? at - latest.startedMs : activeMs,
      }
    : undefined;
}
