import { children, idsIn } from './outline';
import { TEXT } from './prediction';
import { Replay } from './Replay';
import { Step } from './types';

/** The earlier step that is gone back to, and everything up to this one. */
export function returnIds(
  replay: Replay,
  step: Step,
  returnTo: string | undefined,
): string[] | undefined {
  const place = replay.outline.get(step.id)!;
  const from = place.list.findIndex(one => one.id === returnTo);
  return from < 0 || from >= place.position
    ? undefined
    : place.list
        .slice(from, place.position + 1)
        .flatMap(one => [
          one.id,
          ...idsIn(children(one).map(child => child.steps)),
        ]);
}

/** Earlier work must be done again; where there is none, the step fails. */
export function sendBack(
  replay: Replay,
  step: Step,
  returnTo: string | undefined,
  name: string,
): void {
  const ids = returnIds(replay, step, returnTo);
  if (ids) {
    replay.expect('step.reset', { stepIds: ids, reason: TEXT });
    replay.reset(ids);
    return;
  }
  replay.expect('step.failed', {
    stepId: step.id,
    error: { name, message: TEXT },
  });
  replay.failed(step.id, name);
}
