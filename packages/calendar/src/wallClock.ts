import { IANAZone } from 'luxon';

/**
 * Clocks on the wall of a zone.
 *
 * A *wall time* is what the clock shows, written as the milliseconds that the
 * same reading would be in UTC. Rules such as "every day at 02:30" are about
 * wall times; instants come from them at the very end. Nothing here reads the
 * zone of the machine.
 */

const HOUR = 3_600_000;

/** Further than any jump of a clock (Apia left out a whole day in 2011). */
export const LONGEST_JUMP = 26 * HOUR;

function offset(zone: IANAZone, millis: number): number {
  return zone.offset(millis) * 60_000;
}

/** What the clock shows at an instant. */
export function toWall(instant: number, timezone: string): number {
  return instant + offset(IANAZone.create(timezone), instant);
}

/**
 * The instant at which the clock shows a wall time. Of a time that comes twice
 * (clocks go back) the first; a time that the clocks leave out counts as the
 * one that would have been without the change, so 02:30 becomes 03:30. This is
 * the reading of RFC 5545 section 3.3.5.
 */
export function fromWall(wall: number, timezone: string): number {
  const zone = IANAZone.create(timezone);
  const before = offset(zone, wall - LONGEST_JUMP);
  const after = offset(zone, wall + LONGEST_JUMP);
  const first = wall - before;
  if (before === after || offset(zone, first) === before) {
    return first;
  }
  const second = wall - after;
  return offset(zone, second) === after ? second : first;
}

/** Whether the clocks of a zone change within a day or so of an instant. */
export function changesNear(instant: number, timezone: string): boolean {
  const zone = IANAZone.create(timezone);
  return (
    offset(zone, instant - 2 * LONGEST_JUMP) !==
    offset(zone, instant + 2 * LONGEST_JUMP)
  );
}
