import { TimerSlot } from '@handrail/plugin-sop-common';

/** What identifies a timer: its step has at most one per slot. */
export interface TimerKeys {
  run_id: string;
  slot: string;
  step_id: string;
}

/** Run ids and slots contain no slash; ids of steps may. */
export function timerId(
  runId: string,
  slot: TimerSlot,
  stepId: string,
): string {
  return `${runId}/${slot}/${stepId}`;
}

/** An id that is none gives keys that no timer has. */
export function parseTimerId(id: string): TimerKeys {
  const [runId = '', slot = '', ...stepId] = id.split('/');
  return { run_id: runId, slot, step_id: stepId.join('/') };
}
