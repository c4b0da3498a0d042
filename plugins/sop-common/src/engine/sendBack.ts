import type { HumanStep } from './people';
import type { Recorder } from './Recorder';
import { childLists, idsWithin } from './specIndex';

/** Goes back to an earlier step of the same list, or fails the step. */
export function sendBack(
  recorder: Recorder,
  step: HumanStep,
  returnTo: string | undefined,
  error: { name: string; message: string; basis?: string },
): void {
  const { name, message, basis } = error;
  // The vote is already in the journal under its voter's name; a returned
  // hand-over is not.
  const byActor = { byActor: step.type === 'handoff' };
  const place = recorder.index.get(step.id);
  const from = place?.list.findIndex(one => one.id === returnTo) ?? -1;
  if (!place || from < 0 || from >= place.position) {
    recorder.emit(
      'step.failed',
      { stepId: step.id, basis, error: { name, message } },
      byActor,
    );
    return;
  }
  const again = place.list.slice(from, place.position + 1);
  const stepIds = again.flatMap(one => [
    one.id,
    ...idsWithin(childLists(one).map(child => child.steps)),
  ]);
  recorder.emit(
    'step.reset',
    { stepIds, reason: `${name}: ${message}`, basis },
    byActor,
  );
}
