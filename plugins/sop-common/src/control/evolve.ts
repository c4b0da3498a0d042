import { ControlEvent, ControlledRevision, ControlState } from './types';

/** Document control of a procedure of which nothing is known yet. @public */
export function newControl(sopRef: string): ControlState {
  return { sopRef, seq: 0, current: '', revisions: [], retiredSeq: 0 };
}

/**
 * Applies one event. Pure.
 * @throws Error when a number is skipped or a revision is not known: then it is
 * not the journal of one procedure.
 * @public
 */
export function evolveControl(
  state: ControlState,
  event: ControlEvent,
): ControlState {
  if (event.seq !== state.seq + 1) {
    throw new Error(`Expected event ${state.seq + 1}; found ${event.seq}`);
  }
  return { ...apply(state, event), seq: event.seq };
}

/**
 * Folds a whole journal.
 * @throws Error when it is not the journal of one procedure.
 * @public
 */
export function replayControl(
  sopRef: string,
  events: Iterable<ControlEvent>,
): ControlState {
  let state = newControl(sopRef);
  for (const event of events) {
    state = evolveControl(state, event);
  }
  return state;
}

function apply(state: ControlState, event: ControlEvent): ControlState {
  const { hash } = event.data;
  const patch = (
    change: (revision: ControlledRevision) => Partial<ControlledRevision>,
  ): ControlState => {
    if (!state.revisions.some(one => one.hash === hash)) {
      throw new Error(`Event ${event.seq} is about unknown revision ${hash}`);
    }
    return {
      ...state,
      revisions: state.revisions.map(one =>
        one.hash === hash ? { ...one, ...change(one) } : one,
      ),
    };
  };
  switch (event.type) {
    case 'revision.recorded':
      return {
        ...state,
        current: hash,
        revisions: [
          ...state.revisions,
          {
            ...event.data,
            recordedAt: event.at,
            recordedSeq: event.seq,
            filedAt: event.at,
            filedSeq: event.seq,
            signatures: [],
            reminded: [],
          },
        ],
      };
    case 'revision.restored':
      return {
        ...patch(() => ({ filedAt: event.at, filedSeq: event.seq })),
        current: hash,
      };
    case 'revision.retired':
      return {
        ...patch(() => ({ retiredAt: event.at })),
        retiredSeq: event.seq,
      };
    case 'signature.given': {
      const { meaning, name, reason, approver } = event.data;
      const signature = {
        seq: event.seq,
        meaning,
        by: event.actor ?? '',
        name,
        at: event.at,
        reason,
        ...(approver ? { approver } : {}),
      };
      return patch(one => ({ signatures: [...one.signatures, signature] }));
    }
    case 'signature.withdrawn':
      return patch(one => ({
        signatures: one.signatures.map(signature =>
          signature.by === event.actor &&
          signature.meaning === 'approval' &&
          !signature.withdrawn
            ? {
                ...signature,
                withdrawn: { at: event.at, reason: event.data.reason },
              }
            : signature,
        ),
        rejection:
          one.rejection?.by === event.actor ? undefined : one.rejection,
      }));
    case 'revision.rejected': {
      const { name, reason, approver } = event.data;
      return patch(() => ({
        rejection: {
          seq: event.seq,
          by: event.actor ?? '',
          name,
          at: event.at,
          reason,
          approver,
        },
      }));
    }
    case 'revision.acknowledged':
      return patch(() => ({}));
    case 'review.reminded':
      return patch(one => ({
        reminded: [...one.reminded, `${event.data.dueAt} ${event.data.stage}`],
      }));
    default:
      throw new Error(
        `Unknown event type ${
          (event as { type: string }).type
        } of document control`,
      );
  }
}
