import { ConflictError, InputError } from '@backstage/errors';
import { EvidenceProblem } from './evidence';
import { Recorder } from './Recorder';
import { HumanCommand } from './types';

/** Greatest length of a reason or comment, in characters. */
const MAX_REASON_LENGTH = 4000;

/** A command on one step. */
export type TaskCommand = Extract<HumanCommand, { stepId: string }>;

/** @throws InputError when it is too long. */
export function text(value: string | undefined, name: string): string {
  const trimmed = value?.trim() ?? '';
  if (trimmed.length > MAX_REASON_LENGTH) {
    throw new InputError(
      `${name} is too long: ${trimmed.length} characters; at most ${MAX_REASON_LENGTH}`,
    );
  }
  return trimmed;
}

/** @throws InputError when there is none or it is too long. */
export function requiredReason(value: string | undefined): string {
  const reason = text(value, 'reason');
  if (!reason) {
    throw withProblems('A reason is required', [
      { path: 'reason', message: 'Required' },
    ]);
  }
  return reason;
}

/** An InputError that tells each problem by its path. */
export function withProblems(
  message: string,
  problems: EvidenceProblem[],
): Error {
  return Object.assign(new InputError(message), { problems });
}

/** @throws ConflictError when the step changed since the person saw it. */
export function assertFresh(recorder: Recorder, command: TaskCommand): void {
  const { version } = recorder.step(command.stepId);
  if (command.taskVersion !== version) {
    throw new ConflictError(
      `"${command.stepId}" changed since you saw it (you saw version ${command.taskVersion}, it is ${version})`,
    );
  }
}
