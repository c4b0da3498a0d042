import { InputError } from '@backstage/errors';
import { DateTime, Duration, DurationObjectUnits } from 'luxon';
import {
  ALLOWED_ZONES,
  isZone,
  quote,
  readDuration,
  readInstant,
  readLocal,
  toIso,
} from '../instants';
import { fromWall, toWall } from '../wallClock';

/**
 * Who has a duty when: each member in turn, over and over.
 *
 * Shifts change at the same time of the wall clock, in summer and in winter.
 * @public
 */
export interface Rotation {
  /** In the order of their turns; what they are called is up to the caller. */
  members: string[];
  /** Length of a shift: ISO 8601 with one unit, at least `PT4H`. */
  every: string;
  /** Local time without offset at which a shift of the first member begins. */
  from: string;
  /** IANA zone. */
  timezone: string;
}

/** One turn of a member, from `startsAt` (inclusive) to `endsAt`. @public */
export interface RotationShift {
  member: string;
  /** Position of the member in `members`. */
  index: number;
  /** ISO instant. */
  startsAt: string;
  /** ISO instant. */
  endsAt: string;
}

const MIN_HOURS = 4;
const MAX_MEMBERS = 1_000;
const MAX_SHIFTS = 10_000;

/**
 * What is wrong with a rotation, in words that say what was found and what is
 * allowed.
 *
 * @returns an empty list when nothing is
 * @public
 */
export function checkRotation(rotation: Rotation): string[] {
  const { members, every, from, timezone } = rotation;
  const problems: string[] = [];
  if (
    !Array.isArray(members) ||
    !members.length ||
    members.length > MAX_MEMBERS
  ) {
    problems.push(
      `the members are ${quote(
        members,
      )}; allowed is a list of 1 to ${MAX_MEMBERS}`,
    );
  }
  const units = unitsOf(every);
  if (units.length !== 1 || !isLongEnough(every)) {
    problems.push(
      `the length of a shift is ${quote(
        every,
      )}; allowed are ISO 8601 durations with one unit such as "P1W", "P1D" or "PT12H", from PT${MIN_HOURS}H to P1Y`,
    );
  }
  if (readLocal(from) === undefined) {
    problems.push(
      `the start is ${quote(
        from,
      )}; allowed are local times without offset such as "2026-11-30T09:00"`,
    );
  }
  if (!isZone(timezone)) {
    problems.push(
      `the time zone is ${quote(timezone)}; allowed is ${ALLOWED_ZONES}`,
    );
  }
  return problems;
}

function unitsOf(every: string): [keyof DurationObjectUnits, number][] {
  return Object.entries(readDuration(every)?.toObject() ?? {}).filter(
    ([, value]) => value !== 0,
  ) as [keyof DurationObjectUnits, number][];
}

function isLongEnough(every: string): boolean {
  const [unit, amount] = unitsOf(every)[0];
  const hours = Duration.fromObject({ [unit]: amount }).as('hours');
  return Number.isInteger(amount) && hours >= MIN_HOURS && hours <= 366 * 24;
}

/**
 * Whose turn it is at an instant. The turns go on for ever in both directions.
 *
 * @param at - ISO instant
 * @throws InputError when the rotation or the instant cannot be read
 * @public
 */
export function rotationAt(rotation: Rotation, at: string): RotationShift {
  const startOf = starts(rotation);
  const instant = readInstant(at);
  return shift(rotation, startOf, numberAt(rotation, startOf, instant));
}

/**
 * The turns that have a part in a span, in order and without a gap.
 *
 * @param range - ISO instants, `to` exclusive
 * @throws InputError when an argument cannot be read, or when there would be
 * more than 10,000
 * @public
 */
export function rotationShifts(
  rotation: Rotation,
  range: { from: string; to: string },
): RotationShift[] {
  const startOf = starts(rotation);
  const end = readInstant(range.to);
  const shifts: RotationShift[] = [];
  const first = numberAt(rotation, startOf, readInstant(range.from));
  for (let number = first; startOf(number) < end; number += 1) {
    if (shifts.length === MAX_SHIFTS) {
      throw new InputError(
        `The span from ${range.from} to ${range.to} has more than ${MAX_SHIFTS} shifts`,
      );
    }
    shifts.push(shift(rotation, startOf, number));
  }
  return shifts;
}

/** When the n-th shift begins, in milliseconds; 0 is the one at `from`. */
type StartOf = (number: number) => number;

function starts(rotation: Rotation): StartOf {
  const problems = checkRotation(rotation);
  if (problems.length) {
    throw new InputError(`Not a rotation: ${problems.join('; ')}`);
  }
  const [[unit, amount]] = unitsOf(rotation.every);
  const from = DateTime.fromMillis(readLocal(rotation.from) as number, {
    zone: 'utc',
  });
  return number =>
    fromWall(
      // Counted from the beginning, so that the end of January is February.
      from.plus({ [unit]: amount * number }).toMillis(),
      rotation.timezone,
    );
}

function numberAt(
  rotation: Rotation,
  startOf: StartOf,
  instant: number,
): number {
  const passed = toWall(instant, rotation.timezone) - startOf(0);
  let number = Math.floor(passed / Duration.fromISO(rotation.every).toMillis());
  while (startOf(number) > instant) {
    number -= 1;
  }
  while (startOf(number + 1) <= instant) {
    number += 1;
  }
  return number;
}

function shift(
  { members }: Rotation,
  startOf: StartOf,
  number: number,
): RotationShift {
  const index = ((number % members.length) + members.length) % members.length;
  return {
    member: members[index],
    index,
    startsAt: toIso(startOf(number)),
    endsAt: toIso(startOf(number + 1)),
  };
}
