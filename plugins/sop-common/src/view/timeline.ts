import { TimelineEntry } from '../api/types';
import { describeBlocks } from '../engine/describeBlocks';
import { AnyRunEvent, DoubtOutcome } from '../engine/types';
import { indexSpec } from '../engine/specIndex';
import { SopSpec } from '../model/types';
import { count } from './names';
import { bypassDetail, timeSentence } from './timeSentences';

type Sentence = { text: string; detail?: string };

/**
 * An event as a sentence. With an actor the sentence lacks its subject, which
 * is the actor ("approved “Go / no-go”"); without one it is complete.
 * @public
 */
export function describeEvent(
  event: AnyRunEvent,
  spec: SopSpec,
): TimelineEntry {
  const name = (stepId: string) => stepName(spec, stepId);
  const { text, detail } = timeSentence(event, name) ?? sentence(event, name);
  const details = [detail, bypassDetail(event)].filter(Boolean);
  return {
    seq: event.seq,
    at: event.at,
    type: event.type,
    stepId: 'stepId' in event.data ? event.data.stepId : undefined,
    actor: event.actor,
    via: event.data.via,
    text,
    detail: details.join('. ') || undefined,
  };
}

const FOUND_OUT: Record<DoubtOutcome, string> = {
  done: 'confirmed the effect of',
  'not-done': 'confirmed that nothing came of',
  compensate: 'decided to undo',
};

function stepName(spec: SopSpec, stepId: string): string {
  const index = indexSpec(spec);
  const known = index.get(stepId);
  if (known) {
    return `“${known.step.name}”`;
  }
  if (stepId.startsWith('review:')) {
    return 'the review of the broken glass';
  }
  // A step of an item: `review[3].decide`.
  const [, prefix = '', , item, inner] =
    /^(compensate:)?(.+)\[(\d+)\]\.(.+)$/.exec(stepId) ?? [];
  const name = index.get(`${prefix}${inner}`)?.step.name;
  return name ? `“${name}” (item ${Number(item) + 1})` : `“${stepId}”`;
}

function sentence(
  event: AnyRunEvent,
  name: (stepId: string) => string,
): Sentence {
  const by = Boolean(event.actor);
  switch (event.type) {
    case 'run.started':
      return event.data.mode === 'rehearsal'
        ? { text: by ? 'started a rehearsal' : 'The rehearsal started' }
        : { text: by ? 'started the run' : 'The run started' };
    case 'step.started':
      return {
        text: by
          ? `set off ${name(event.data.stepId)}`
          : `${name(event.data.stepId)} began`,
        detail:
          event.data.attempt > 1 ? `Attempt ${event.data.attempt}` : undefined,
      };
    case 'step.blocked':
      return {
        text: `${name(event.data.stepId)} is blocked`,
        detail: describeBlocks(event.data.blocks),
      };
    case 'step.unblocked':
      return { text: `${name(event.data.stepId)} is no longer blocked` };
    case 'step.skipped':
      return {
        text: `${name(event.data.stepId)} was skipped`,
        detail: event.data.reason,
      };
    case 'task.claimed':
      return { text: `claimed ${name(event.data.stepId)}` };
    case 'task.released':
      return { text: `released ${name(event.data.stepId)}` };
    case 'vote.cast':
      return {
        text: `${
          event.data.decision === 'approve' ? 'approved' : 'rejected'
        } ${name(event.data.stepId)}`,
        detail: event.data.reason,
      };
    case 'switch.chosen':
      return {
        text: `${name(event.data.stepId)} chose ${
          event.data.chosen === 'default'
            ? 'its default'
            : `case ${event.data.chosen + 1}`
        }`,
      };
    case 'action.dispatched':
      return {
        text: `${name(event.data.stepId)} called ${event.data.action}`,
        detail: event.data.try > 1 ? `Try ${event.data.try}` : undefined,
      };
    case 'action.failed':
      return {
        text: `Try ${event.data.try} of ${name(event.data.stepId)} failed`,
        detail: event.data.error.message,
      };
    case 'step.in-doubt':
      return {
        text: `Nobody knows whether ${name(event.data.stepId)} took effect`,
        detail: event.data.error.message,
      };
    case 'doubt.resolved':
      return {
        text: `${FOUND_OUT[event.data.outcome]} ${name(event.data.stepId)}`,
        detail: event.data.reason,
      };
    case 'forEach.expanded':
      return {
        text: `${name(event.data.stepId)} is done for ${count(
          event.data.items.length,
          'item',
        )}`,
        detail: event.data.items.map(({ label }) => label).join(', '),
      };
    case 'glass.broken':
      return {
        text: `broke the glass at ${name(
          event.data.stepId,
        )} and skipped: ${event.data.skips.join(', ')}`,
        detail: event.data.reason,
      };
    case 'lock.acquired':
      return {
        text: `${name(event.data.stepId)} has the lock`,
        detail: event.data.key,
      };
    case 'event.received':
      return {
        text: `${name(event.data.stepId)} received its event`,
        detail: `${event.data.topic} from ${event.data.source}`,
      };
    case 'child.requested':
      return {
        text: `${name(event.data.stepId)} asked for a run of ${
          event.data.sopRef
        }`,
      };
    case 'child.started':
      return { text: `The run of ${name(event.data.stepId)} started` };
    case 'child.ended':
      return {
        text: `The run of ${name(event.data.stepId)} ended: ${
          event.data.status
        }`,
      };
    case 'step.completed':
      return completed(event, name, by);
    case 'step.failed':
      return {
        text: by
          ? `reported that ${name(event.data.stepId)} cannot be done`
          : `${name(event.data.stepId)} failed`,
        detail: event.data.error.message,
      };
    case 'step.cancelled':
      return {
        text: `${name(event.data.stepId)} was cancelled`,
        detail: event.data.reason,
      };
    case 'step.reset':
      return {
        text: `${by ? 'sent back' : 'Sent back'} ${
          event.data.stepIds.length === 1
            ? name(event.data.stepIds[0])
            : count(event.data.stepIds.length, 'step')
        }`,
        detail: event.data.reason,
      };
    default:
      return runSentence(event, name, by);
  }
}

function completed(
  event: Extract<AnyRunEvent, { type: 'step.completed' }>,
  name: (stepId: string) => string,
  by: boolean,
): Sentence {
  const { stepId, output, comment } = event.data;
  const decision =
    typeof output === 'object' && output !== null && 'decision' in output
      ? output.decision
      : undefined;
  if (by) {
    const verb = decision === 'accepted' ? 'took over' : 'completed';
    return { text: `${verb} ${name(stepId)}`, detail: comment };
  }
  const end = decision === 'approved' ? 'is approved' : 'is done';
  return { text: `${name(stepId)} ${end}`, detail: comment };
}

function runSentence(
  event: AnyRunEvent,
  name: (stepId: string) => string,
  by: boolean,
): Sentence {
  switch (event.type) {
    case 'run.held':
      return { text: 'The run is on hold', detail: event.data.reason };
    case 'run.resumed':
      return {
        text: by ? 'resumed the run' : 'The run goes on',
        detail: event.data.reason,
      };
    case 'run.completed':
      return { text: 'The run is completed' };
    case 'run.failed':
      return {
        text: by ? 'ended the run as failed' : 'The run failed',
        detail: event.data.reason,
      };
    case 'run.cancelled':
      return {
        text: by ? 'cancelled the run' : 'The run was cancelled',
        detail: event.data.reason,
      };
    case 'compensation.started':
      return {
        text: `${by ? 'began' : 'The run began'} to roll back ${count(
          event.data.queue.length,
          'step',
        )}`,
        detail: event.data.reason,
      };
    case 'step.compensated':
      return { text: `${name(event.data.stepId)} was rolled back` };
    case 'run.compensated':
      return { text: 'The run was rolled back', detail: event.data.reason };
    default:
      return { text: event.type };
  }
}
