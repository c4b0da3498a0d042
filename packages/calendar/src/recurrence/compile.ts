import { toError } from '@backstage/errors';
import { RRuleTemporal } from 'rrule-temporal';
import { isDay, readLocal } from '../instants';
import { fromWall, toWall } from '../wallClock';
import { ELAPSED_FREQUENCIES, parseRule, RuleParts } from './parseRule';
import { Recurrence } from './types';

/** A Monday, so that weeks without `dtstart` begin where people expect it. */
const ALWAYS = Date.UTC(2001, 0, 1);
const DAY = 86_400_000;
/** How many empty periods of a rule are looked through before giving up. */
const MAX_EMPTY_PERIODS = 4_000;
const MAX_CANDIDATES = 200_000;

/**
 * A rule made ready for questions. `series` answers in its own time: wall time
 * for rules of the wall clock, instants for rules of elapsed time.
 */
export interface CompiledRule {
  timezone: string;
  onWall: boolean;
  series: Series;
  /** Instants after this are not of the rule. */
  lastInstant: number;
  /** Whether `exdate` leaves a wall time out, and all of its day with it. */
  exclusion(wall: number): { day: number; wholeDay: boolean } | undefined;
}

/** Times in ascending order; undefined where there is none. */
export interface Series {
  /** The first time at or after. */
  atOrAfter(time: number): number | undefined;
  /** The last time at or before. */
  atOrBefore(time: number): number | undefined;
  /** Times from one to another, both inclusive. */
  between(from: number, to: number): number[];
}

/** Makes a checked recurrence ready. */
export function compile(recurrence: Recurrence): CompiledRule {
  const { timezone, dtstart, exdate = [] } = recurrence;
  const { parts } = parseRule(recurrence.rrule);
  const start = readLocal(dtstart) ?? ALWAYS;
  const onWall = !(parts.FREQ in ELAPSED_FREQUENCIES);
  const lastInstant = untilOf(parts, timezone);
  const days = new Set(
    exdate.filter(isDay).map(text => Date.parse(`${text}T00:00:00Z`)),
  );
  const times = new Set(exdate.map(readLocal));
  return {
    timezone,
    onWall,
    series: onWall
      ? wallSeries(parts, start, toWall(lastInstant, timezone) + DAY)
      : elapsedSeries(parts, fromWall(start, timezone)),
    lastInstant,
    exclusion: wall => {
      const day = Math.floor(wall / DAY) * DAY;
      const wholeDay = days.has(day);
      return wholeDay || times.has(wall) ? { day, wholeDay } : undefined;
    },
  };
}

/** UNTIL is inclusive: an instant, a local time, or the end of a local day. */
function untilOf({ UNTIL }: RuleParts, timezone: string): number {
  const [, y, m, d, h, min, s, z] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(UNTIL ?? '') ?? [];
  if (!y) {
    return Date.UTC(9000, 0, 1);
  }
  const day = Date.UTC(Number(y), Number(m) - 1, Number(d));
  if (h === undefined) {
    return fromWall(day + DAY, timezone) - 1;
  }
  const wall = day + ((Number(h) * 60 + Number(min)) * 60 + Number(s)) * 1000;
  return z ? wall : fromWall(wall, timezone);
}

/** Occurrences on the wall, as `rrule-temporal` gives them in UTC. */
function wallSeries(parts: RuleParts, start: number, until: number): Series {
  const text = Object.entries({
    ...parts,
    ...(parts.UNTIL && { UNTIL: `${basic(until)}Z` }),
  })
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${basic(start)}\nRRULE:${text}`,
    maxIterations: MAX_EMPTY_PERIODS,
    maxCandidateEvaluations: MAX_CANDIDATES,
  });
  return {
    atOrAfter: time =>
      bounded(() => rule.next(new Date(time), true))?.epochMilliseconds,
    atOrBefore: time =>
      bounded(() => rule.previous(new Date(time), true))?.epochMilliseconds,
    between: (from, to) =>
      (
        bounded(() => rule.between(new Date(from), new Date(to), true)) ?? []
      ).map(one => one.epochMilliseconds),
  };
}

/** The library throws when it has looked long enough: there is nothing then. */
function bounded<T>(look: () => T | null): T | undefined {
  try {
    return look() ?? undefined;
  } catch (error) {
    if (/^Maximum (iterations|candidate)/.test(toError(error).message)) {
      return undefined;
    }
    throw error;
  }
}

/** `20261130T140000` */
function basic(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

function elapsedSeries(parts: RuleParts, start: number): Series {
  const step = ELAPSED_FREQUENCIES[parts.FREQ] * Number(parts.INTERVAL ?? 1);
  const last = parts.COUNT ? Number(parts.COUNT) - 1 : Infinity;
  const at = (index: number) =>
    index < 0 || index > last ? undefined : start + index * step;
  const series: Series = {
    atOrAfter: time => at(Math.max(0, Math.ceil((time - start) / step))),
    atOrBefore: time => at(Math.min(last, Math.floor((time - start) / step))),
    between: (from, to) => {
      const found: number[] = [];
      let one = series.atOrAfter(from);
      while (one !== undefined && one <= to) {
        found.push(one);
        one = series.atOrAfter(one + 1);
      }
      return found;
    },
  };
  return series;
}
