import type { TaskItem } from '@handrail/plugin-sop-common';

/** Nearest deadline first, then the oldest; tasks without deadline last. */
export function byDeadline(
  a: Pick<TaskItem, 'dueAt' | 'since'>,
  b: Pick<TaskItem, 'dueAt' | 'since'>,
): number {
  if (a.dueAt && b.dueAt && a.dueAt !== b.dueAt) {
    return a.dueAt.localeCompare(b.dueAt);
  }
  if (Boolean(a.dueAt) !== Boolean(b.dueAt)) {
    return a.dueAt ? -1 : 1;
  }
  return a.since.localeCompare(b.since);
}
