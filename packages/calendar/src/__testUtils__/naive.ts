import { DateTime, IANAZone } from 'luxon';

/** Zones with changes of an hour and half an hour, on all sides of UTC. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Lisbon',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
];

const HOUR = 3_600_000;

/**
 * The instant of a local time, found by trying every offset that the zone has
 * around it: the earliest that shows this time, else what it would have been
 * with the offset before. Written another way than the package, on purpose.
 */
export function naiveInstant(local: DateTime, zone: string): number {
  const wall = local.toMillis();
  const iana = IANAZone.create(zone);
  const offsets: number[] = [];
  for (let at = wall - 40 * HOUR; at <= wall + 40 * HOUR; at += HOUR / 2) {
    offsets.push(iana.offset(at));
  }
  const fits = offsets
    .map(minutes => wall - minutes * 60_000)
    .filter(instant => instant + iana.offset(instant) * 60_000 === wall);
  return fits.length ? Math.min(...fits) : wall - offsets[0] * 60_000;
}

/**
 * Occurrences found by looking at each day of a span: at the given times on
 * days that are wanted.
 */
export function naiveOccurrences(
  zone: string,
  span: { from: string; to: string },
  isWanted: (day: DateTime) => boolean,
  times: Array<[number, number]>,
): string[] {
  const from = Date.parse(span.from);
  const to = Date.parse(span.to);
  const found = new Set<number>();
  let day = DateTime.fromMillis(from - 3 * 24 * HOUR, { zone: 'utc' }).startOf(
    'day',
  );
  while (day.toMillis() < to + 3 * 24 * HOUR) {
    if (isWanted(day)) {
      for (const [hour, minute] of times) {
        const instant = naiveInstant(day.set({ hour, minute }), zone);
        if (instant >= from && instant < to) {
          found.add(instant);
        }
      }
    }
    day = day.plus({ days: 1 });
  }
  return [...found].sort((a, b) => a - b).map(ms => new Date(ms).toISOString());
}

/** The instants of a year at which the clocks of a zone change. */
export function changesIn(zone: string, year: number): number[] {
  const iana = IANAZone.create(zone);
  const found: number[] = [];
  for (
    let at = Date.UTC(year, 0, 1);
    at < Date.UTC(year + 1, 0, 1);
    at += HOUR / 2
  ) {
    if (iana.offset(at) !== iana.offset(at - HOUR / 2)) {
      found.push(at);
    }
  }
  return found;
}
