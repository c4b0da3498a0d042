import { AnyRunEvent, RunEventType } from '../engine/types';
import { SopCloudEvent } from './types';

const PREFIX = 'dev.handrail.sop';

/**
 * Lifecycle names of the Serverless Workflow specification, where it has one;
 * other events keep the journal's.
 */
const NAMES: Partial<Record<RunEventType, string>> = {
  'run.held': 'run.suspended',
  'run.failed': 'run.faulted',
  'compensation.started': 'run.compensating',
  'step.started': 'task.started',
  'step.completed': 'task.completed',
  'step.failed': 'task.faulted',
  'step.cancelled': 'task.cancelled',
  'step.skipped': 'task.skipped',
  'step.reset': 'task.retried',
  'step.compensated': 'task.compensated',
};

/** Name of an event's lifecycle step: `run.started`, `task.faulted`, … @public */
export function lifecycleName(event: AnyRunEvent): string {
  if (event.type === 'step.started' && event.data.potentialOwners) {
    // It waits for somebody; work begins when it is claimed.
    return 'task.created';
  }
  return NAMES[event.type] ?? event.type;
}

/** An event of a run in the envelope of CloudEvents. @public */
export function toCloudEvent(
  event: AnyRunEvent,
  run: {
    runId: string;
    sopRef: string;
    targetRef?: string;
    initiator: string;
  },
): SopCloudEvent {
  const { runId, sopRef, targetRef, initiator } = run;
  return {
    specversion: '1.0',
    id: `${runId}/${event.seq}`,
    source: '/api/sop',
    type: `${PREFIX}.${lifecycleName(event)}.v1`,
    subject: runId,
    time: event.at,
    datacontenttype: 'application/json',
    partitionkey: runId,
    sequence: String(event.seq).padStart(9, '0'),
    data: {
      runId,
      seq: event.seq,
      event: event.type,
      sopRef,
      ...(targetRef ? { targetRef } : {}),
      initiator,
      ...(event.actor ? { actor: event.actor } : {}),
      ...('stepId' in event.data ? { stepId: event.data.stepId } : {}),
    },
  };
}
