import { NotAllowedError } from '@backstage/errors';
import { SopSpec } from '../model/types';
import type { Recorder } from './Recorder';
import { Actor, RunState } from './types';

/** `code` of the error when somebody must acknowledge the revision first. @public */
export const ACKNOWLEDGEMENT_REQUIRED = 'acknowledgement-required';

/**
 * Whether people must acknowledge the revision of a run before they work on its
 * tasks. A rehearsal is where one learns, so it asks for nothing.
 * @public
 */
export function isTrainingRequired(
  state: Pick<RunState, 'mode'>,
  spec: SopSpec,
): boolean {
  return spec.document?.training === 'required' && state.mode !== 'rehearsal';
}

/**
 * Why somebody may not work on tasks of this run yet; nothing when they may.
 * @param acknowledgedAt - when this actor acknowledged the revision of the run
 * @public
 */
export function trainingRefusal(
  state: Pick<RunState, 'mode'>,
  spec: SopSpec,
  actor: Actor,
  acknowledgedAt: string | undefined,
): string | undefined {
  if (!isTrainingRequired(state, spec) || acknowledgedAt) {
    return undefined;
  }
  const revision = `revision ${spec.document?.revision} of ${spec.document?.number}`;
  return actor.kind === 'user'
    ? `You have not acknowledged ${revision} yet. Read it and acknowledge it, then you may work on its tasks.`
    : `Only people who have acknowledged ${revision} may work on its tasks; ${actor.ref} is not a person.`;
}

/** @throws NotAllowedError with the code {@link ACKNOWLEDGEMENT_REQUIRED}. */
export function assertTrained(recorder: Recorder, actor: Actor): void {
  const { spec, acknowledgedAt } = recorder.facts;
  const refusal = trainingRefusal(recorder.state, spec, actor, acknowledgedAt);
  if (refusal) {
    throw Object.assign(new NotAllowedError(refusal), {
      code: ACKNOWLEDGEMENT_REQUIRED,
    });
  }
}

/** What an event of a trained person says about it; nothing where it is not asked. */
export function trainingOf(recorder: Recorder): { acknowledgedAt?: string } {
  const { spec, acknowledgedAt } = recorder.facts;
  return isTrainingRequired(recorder.state, spec) && acknowledgedAt
    ? { acknowledgedAt }
    : {};
}
