import {
  ActionItem,
  AnyIncidentEvent,
  IncidentState,
  ReviewState,
} from './types';

type ReviewEvent = Extract<
  AnyIncidentEvent,
  { type: `review.${string}` | `action-item.${string}` }
>;

/** Whether an event is about learning from the incident. */
export function isReviewEvent(event: AnyIncidentEvent): event is ReviewEvent {
  return (
    event.type.startsWith('review.') || event.type.startsWith('action-item.')
  );
}

/** Applies an event about the review or an action item. */
export function applyReview(
  state: IncidentState,
  event: ReviewEvent,
): IncidentState {
  const { at } = event;
  const by = event.actor ?? '';
  const review = (patch: Partial<ReviewState>): IncidentState => ({
    ...state,
    review: { ...state.review, ...patch },
  });
  const item = (id: string, patch: Partial<ActionItem>): IncidentState => ({
    ...state,
    actionItems: state.actionItems.map(one =>
      one.actionItemId === id ? { ...one, ...patch } : one,
    ),
  });
  switch (event.type) {
    case 'review.started':
      return { ...begun(state), status: 'learning' };
    case 'review.edited':
      return begun(review({ ...event.data, editedAt: at, editedBy: by }));
    case 'review.completed':
      return review({ state: 'done', doneAt: at, doneBy: by });
    case 'review.waiver-requested':
      return review({
        state: 'waiver-requested',
        waiver: { reason: event.data.reason, by, at },
      });
    case 'review.waived': {
      const asked = state.review.waiver;
      return review({
        state: 'waived',
        waiver: asked
          ? { ...asked, approvedBy: by, approvedAt: at }
          : { reason: event.data.reason, by, at },
      });
    }
    case 'action-item.added':
      return {
        ...state,
        actionItems: [
          ...state.actionItems,
          { ...event.data, state: 'open', createdAt: at, createdBy: by },
        ],
      };
    case 'action-item.edited': {
      const { actionItemId, ...patch } = event.data;
      return item(actionItemId, patch);
    }
    case 'action-item.completed':
      return item(event.data.actionItemId, { state: 'done', doneAt: at });
    default:
      return item(event.data.actionItemId, {
        state: 'dropped',
        reason: event.data.reason,
      });
  }
}

/** A review that somebody began is in progress. */
function begun(state: IncidentState): IncidentState {
  return state.review.state === 'none'
    ? { ...state, review: { ...state.review, state: 'draft' } }
    : state;
}
