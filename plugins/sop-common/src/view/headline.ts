import { RunStatus } from '../engine/types';
import { SopStepType } from '../model/types';
import { sayAny, sayName } from './names';

/** What a headline is made of; a run summary has it all. @public */
export interface HeadlineSubject {
  status: RunStatus;
  waiting: Array<{
    stepName: string;
    type: SopStepType;
    claimedBy?: string;
    blocks?: Array<{ sentence: string }>;
    owners: string[];
  }>;
  closeReason?: string;
}

type Waiting = HeadlineSubject['waiting'][number];

const CLOSED: Partial<Record<RunStatus, string>> = {
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  compensated: 'Rolled back',
};

/**
 * One sentence on where a run stands. It says who and what but not how long
 * ago, so that it stays true until the run changes.
 * @public
 */
export function describeHeadline(subject: HeadlineSubject): string {
  const { status, waiting, closeReason } = subject;
  const closed = CLOSED[status];
  if (closed) {
    return closeReason ? `${closed}: ${closeReason}` : closed;
  }
  const [first, ...others] = waiting;
  if (!first) {
    return status === 'compensating' ? 'Rolling back' : 'In progress';
  }
  if (status === 'held') {
    return `${heldSentence(first)}${openSentence(others.length)}`;
  }
  const rest = others.length
    ? `, and ${others.length} more ${others.length === 1 ? 'step' : 'steps'}`
    : '';
  const prefix = status === 'compensating' ? 'Rolling back: ' : '';
  const sentence = lowerFirst(waitingSentence(first), Boolean(prefix));
  return `${prefix}${sentence}${rest}`;
}

function lowerFirst(text: string, apply: boolean): string {
  return apply
    ? text.charAt(0).toLocaleLowerCase('en-US') + text.slice(1)
    : text;
}

function heldSentence({ stepName, owners }: Waiting): string {
  const who = sayAny(owners.map(sayName)) || 'the owner of the procedure';
  return `“${stepName}” failed; ${who} must decide how to go on`;
}

function openSentence(count: number): string {
  if (!count) {
    return '';
  }
  return count === 1
    ? '; 1 more step is open'
    : `; ${count} more steps are open`;
}

function waitingSentence(waiting: Waiting): string {
  const { stepName, type, claimedBy, blocks, owners } = waiting;
  if (blocks?.length) {
    return `“${stepName}” is blocked because ${blocks[0].sentence}`;
  }
  const who = claimedBy
    ? sayName(claimedBy)
    : sayAny(owners.map(sayName)) || 'somebody';
  switch (type) {
    case 'approval':
      return `Waiting for ${who} to approve “${stepName}”`;
    case 'handoff':
      return `Waiting for ${who} to take over “${stepName}”`;
    case 'manual':
      return claimedBy
        ? `${who} works on “${stepName}”`
        : `Waiting for ${who} to do “${stepName}”`;
    case 'tour':
      return `Waiting for ${who} to take the tour “${stepName}”`;
    case 'wait':
      return `Waiting for the time of “${stepName}”`;
    case 'check':
      return `Checking “${stepName}”`;
    case 'listen':
      return `Waiting for the event of “${stepName}”`;
    case 'run':
      return `Waiting for the sub-procedure “${stepName}”`;
    case 'action':
      // Automation that waits for people is in doubt.
      return owners.length
        ? `Waiting for ${who} to find out whether “${stepName}” took effect`
        : `Running “${stepName}”`;
    default:
      return `Running “${stepName}”`;
  }
}
