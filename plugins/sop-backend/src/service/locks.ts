import { Lock, LockPlaceView, StepLock } from '@handrail/plugin-sop-common';
import { LockPlace } from '../database/RunStore';

function toView({ key: _, attempt: _a, ...place }: LockPlace): LockPlaceView {
  return place;
}

/** Locks with their queues, from places in order. */
export function groupLocks(places: LockPlace[]): Lock[] {
  const locks = new Map<string, Lock>();
  for (const place of places) {
    const lock = locks.get(place.key) ?? { key: place.key, waiting: [] };
    locks.set(place.key, lock);
    if (place.acquiredAt) {
      lock.holder = toView(place);
    } else {
      lock.waiting.push(toView(place));
    }
  }
  return [...locks.values()];
}

/** How the queue of a lock looks from a step that waits in it. */
export function placeInQueue(
  locks: Lock[],
  { key, runId, stepId }: { key: string; runId: string; stepId: string },
): Pick<StepLock, 'holder' | 'ahead'> {
  const lock = locks.find(one => one.key === key);
  const before =
    lock?.waiting.findIndex(
      one => one.runId === runId && one.stepId === stepId,
    ) ?? -1;
  return before < 0
    ? { holder: lock?.holder }
    : { holder: lock?.holder, ahead: before + (lock?.holder ? 1 : 0) };
}
