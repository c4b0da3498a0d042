import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { MAX_TEXT_LENGTH } from '../policy/types';
import {
  findActionItem,
  optionalDay,
  optionalText,
  requirePerson,
  requiredText,
  title,
} from './checks';
import { IncidentCommand } from './commands';
import { cancelObligations, satisfy } from './obligations';
import { Recorder } from './Recorder';
import { endAllOffers } from './roleHandlers';
import { IncidentActor, ReviewText } from './types';

type LearningCommand = Extract<
  IncidentCommand,
  {
    type:
      | 'start-review'
      | 'edit-review'
      | 'complete-review'
      | 'waive-review'
      | 'approve-waiver'
      | 'add-action-item'
      | 'edit-action-item'
      | 'complete-action-item'
      | 'drop-action-item'
      | 'close';
  }
>;

const REVIEW_FIELDS: Array<keyof ReviewText> = [
  'summary',
  'causes',
  'wentWell',
  'wentWrong',
];

/** The review, its action items and the end. */
export function handleLearning(
  recorder: Recorder,
  command: LearningCommand,
  actor: IncidentActor,
): void {
  switch (command.type) {
    case 'start-review':
      recorder.emit('review.started', {});
      break;
    case 'edit-review':
      startReview(recorder);
      recorder.emit('review.edited', reviewText(command.review));
      break;
    case 'complete-review': {
      startReview(recorder);
      const by = recorder.emit('review.completed', {});
      satisfy(recorder, 'review', by);
      break;
    }
    case 'waive-review':
      waive(recorder, actor, requiredText(command.reason, 'reason'));
      break;
    case 'approve-waiver':
      approveWaiver(recorder, actor);
      break;
    case 'add-action-item':
      recorder.emit('action-item.added', {
        actionItemId: `item-${recorder.nextSeq}`,
        title: title(command.actionItem.title, 'actionItem.title'),
        ...itemFields(command.actionItem),
      });
      break;
    case 'close':
      recorder.emit('incident.closed', {});
      endAllOffers(recorder, 'The incident was closed');
      cancelObligations(recorder, 'The incident was closed');
      break;
    default:
      handleItem(recorder, command);
  }
}

/** Whoever writes the review has begun to learn. */
function startReview(recorder: Recorder): void {
  if (recorder.state.status === 'resolved') {
    recorder.emit('review.started', {});
  }
}

function reviewText(review: Partial<ReviewText>): Partial<ReviewText> {
  const text: Partial<ReviewText> = {};
  for (const field of REVIEW_FIELDS) {
    if (review[field] !== undefined) {
      text[field] =
        optionalText(review[field], `review.${field}`, MAX_TEXT_LENGTH) ?? '';
    }
  }
  if (Object.keys(text).length === 0) {
    throw new InputError(
      `review is empty; at least one of ${REVIEW_FIELDS.join(', ')} is needed`,
    );
  }
  return text;
}

function waive(recorder: Recorder, actor: IncidentActor, reason: string): void {
  const { state, facts } = recorder;
  requirePerson(actor, 'A waiver');
  if (state.review.state === 'waiver-requested') {
    throw new ConflictError(
      'A waiver is asked for already; a second person approves it',
    );
  }
  if (facts.policy.waiverNeedsSecond.includes(state.severity)) {
    recorder.emit('review.waiver-requested', { reason });
    return;
  }
  const by = recorder.emit('review.waived', { reason });
  satisfy(recorder, 'review', by);
}

function approveWaiver(recorder: Recorder, actor: IncidentActor): void {
  const me = requirePerson(actor, 'A waiver');
  const waiver = recorder.state.review.waiver;
  if (waiver?.by === me) {
    throw new NotAllowedError(
      'You asked for this waiver; a second person has to approve it',
    );
  }
  const by = recorder.emit('review.waived', { reason: waiver?.reason ?? '' });
  satisfy(recorder, 'review', by);
}

function handleItem(
  recorder: Recorder,
  command: Extract<LearningCommand, { actionItemId: string }>,
): void {
  const { actionItemId } = command;
  const item = findActionItem(recorder.state, actionItemId);
  if (item.state !== 'open') {
    throw new ConflictError(
      `The action item “${item.title}” is ${item.state} already`,
    );
  }
  switch (command.type) {
    case 'edit-action-item': {
      const { title: name } = command.actionItem;
      const fields = {
        ...(name === undefined
          ? {}
          : { title: title(name, 'actionItem.title') }),
        ...itemFields(command.actionItem),
      };
      if (Object.values(fields).every(value => value === undefined)) {
        throw new InputError(
          'actionItem is empty; at least one of title, owner, dueOn, url is needed',
        );
      }
      recorder.emit('action-item.edited', { actionItemId, ...fields });
      break;
    }
    case 'complete-action-item':
      recorder.emit('action-item.completed', { actionItemId });
      break;
    default:
      recorder.emit('action-item.dropped', {
        actionItemId,
        reason: requiredText(command.reason, 'reason'),
      });
  }
}

function itemFields(fields: { owner?: string; dueOn?: string; url?: string }): {
  owner?: string;
  dueOn?: string;
  url?: string;
} {
  const owner = optionalText(fields.owner, 'actionItem.owner', 300);
  if (owner && !/^(user|group):[^/]+\/[^/]+$/.test(owner)) {
    throw new InputError(
      `actionItem.owner is ${JSON.stringify(
        owner,
      )}; allowed are refs such as "user:default/name" or "group:default/name"`,
    );
  }
  const url = optionalText(fields.url, 'actionItem.url', 2000);
  if (url && !/^https?:\/\//.test(url)) {
    throw new InputError(
      `actionItem.url is ${JSON.stringify(
        url,
      )}; allowed are addresses that begin with http:// or https://`,
    );
  }
  return {
    owner,
    dueOn: optionalDay(fields.dueOn, 'actionItem.dueOn'),
    url,
  };
}
