import {
  excluded,
  fullRef,
  hasBasis,
  isPerson,
  isText,
  roleOwners,
} from './people';
import { TEXT } from './prediction';
import { Replay } from './Replay';
import { rollBack } from './settle';
import { Event, Step } from './types';

/** Name of the error that means: it may have happened or not. */
export const OUTCOME_UNKNOWN = 'OutcomeUnknownError';

/** Who must find out: the role of the step, else who owns the procedure. */
function askedOf({ run, procedure }: Replay, step: Step): string[] {
  const role = step.inDoubt?.role as string | undefined;
  const asked = role === undefined ? [] : roleOwners(run, procedure, role);
  return asked.length > 0 ? asked : [fullRef(procedure.owner)];
}

function barred({ run }: Replay, step: Step): string[] {
  return excluded(run, {
    ...step,
    excludedOwners: step.inDoubt?.excludedOwners,
  });
}

/** Nobody knows whether an action took effect, so people are asked. */
export function leftInDoubt(replay: Replay, step: Step, name: string): void {
  replay.expect('step.in-doubt', {
    stepId: step.id,
    attempt: replay.step(step.id).attempt,
    error: { name, message: TEXT },
    potentialOwners: askedOf(replay, step),
    excludedOwners: barred(replay, step),
  });
  replay.touch(step.id, { status: 'in-doubt', errorName: name });
}

/** A person says what became of an action. */
export function resolved(replay: Replay, event: Event, step: Step): void {
  replay.fields(event, ['stepId', 'attempt', 'outcome', 'reason', 'basis']);
  const { actor = '', data } = event;
  const { status, attempt } = replay.step(step.id);
  if (status !== 'in-doubt' || data.attempt !== attempt) {
    replay.refuse(
      'order',
      `Event ${event.seq} says what became of "${step.id}", which is ${status}`,
    );
  }
  const not = barred(replay, step);
  if (
    !isPerson(actor) ||
    not.includes(actor) ||
    not.includes(String(data.basis)) ||
    !hasBasis(actor, data.basis, askedOf(replay, step))
  ) {
    replay.refuse(
      'role',
      `Event ${event.seq}: ${actor || 'nobody'} may not say what became of "${
        step.id
      }"`,
    );
  }
  if (!isText(data.reason)) {
    replay.refuse('reason', `Event ${event.seq} has no acceptable reason`);
  }
  replay.did(step.id, actor);
  replay.touch(step.id, { comment: String(data.reason) });
  if (data.outcome === 'done') {
    const output = { confirmed: true };
    replay.expect('step.completed', {
      stepId: step.id,
      output,
      comment: data.reason,
      policies: replay.policies.under(step.id),
    });
    replay.complete(step.id, {
      output,
      evidence: undefined,
      comment: String(data.reason),
    });
  } else if (data.outcome === 'not-done') {
    replay.expect('step.reset', { stepIds: [step.id], reason: TEXT });
    replay.reset([step.id]);
  } else if (data.outcome === 'compensate' && !replay.run.rollback) {
    rollBack(replay, 'failed');
  } else {
    replay.refuse(
      'content',
      `Event ${event.seq} has the outcome ${data.outcome}, which is not possible here`,
    );
  }
}
