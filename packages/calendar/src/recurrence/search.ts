import { changesNear, fromWall, LONGEST_JUMP, toWall } from '../wallClock';
import { CompiledRule } from './compile';

const DAY = 86_400_000;

/** The first occurrence at or after an instant, in milliseconds. */
export function firstFrom(
  rule: CompiledRule,
  instant: number,
): number | undefined {
  const found = search(rule, instant, 1);
  return found === undefined || found > rule.lastInstant ? undefined : found;
}

/** The last occurrence at or before an instant, in milliseconds. */
export function lastUntil(
  rule: CompiledRule,
  instant: number,
): number | undefined {
  return search(rule, Math.min(instant, rule.lastInstant), -1);
}

/**
 * The occurrence nearest to an instant, itself included, in one direction.
 *
 * Wall times are walked in their order, and instants mostly come in the same;
 * only a time that the clocks leave out is moved behind later ones, so around a
 * change of the clocks the neighbours are looked at, too.
 */
function search(
  rule: CompiledRule,
  instant: number,
  direction: 1 | -1,
): number | undefined {
  const { series, timezone, onWall } = rule;
  const step = (time: number) =>
    direction === 1 ? series.atOrAfter(time) : series.atOrBefore(time);
  const toInstant = (time: number) =>
    onWall ? fromWall(time, timezone) : time;
  const isExcluded = (time: number) =>
    rule.exclusion(onWall ? time : toWall(time, timezone)) !== undefined;
  // Behind a time that is no answer; a day that is left out is left at once.
  const beyond = (time: number) => {
    const left = rule.exclusion(onWall ? time : toWall(time, timezone));
    if (!left?.wholeDay) {
      return time + direction;
    }
    const edge = direction === 1 ? left.day + DAY : left.day - 1;
    return onWall ? edge : fromWall(edge, timezone);
  };
  const isWanted = (time: number) => (time - instant) * direction >= 0;

  let begin = instant;
  if (onWall) {
    const slack = changesNear(instant, timezone) ? LONGEST_JUMP : 0;
    begin = toWall(instant, timezone) - slack * direction;
  }
  let time = step(begin);
  while (
    time !== undefined &&
    (!isWanted(toInstant(time)) || isExcluded(time))
  ) {
    time = step(beyond(time));
  }
  if (time === undefined) {
    return undefined;
  }
  const found = toInstant(time);
  if (!onWall || !changesNear(found, timezone)) {
    return found;
  }
  const near = series
    .between(time - LONGEST_JUMP, time + LONGEST_JUMP)
    .filter(one => !isExcluded(one))
    .map(toInstant)
    .filter(isWanted);
  return direction === 1 ? Math.min(found, ...near) : Math.max(found, ...near);
}
