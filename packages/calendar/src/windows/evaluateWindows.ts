import { readInstant, toIso } from '../instants';
import { firstFrom, lastUntil } from '../recurrence/search';
import { ReadyWindow, readyWindow } from './checkWindow';
import { CalendarWindow, WindowDecision } from './types';

/** How far ahead an opening or closing is looked for. */
const HORIZON = 5 * 366 * 86_400_000;
const MAX_CHANGES = 5_000;

/**
 * Whether windows are open at an instant, and when that changes.
 *
 * A deny window that holds closes, whatever else holds. Where there are allow
 * windows, one of them must hold. Without allow windows it is open unless
 * denied. A window holds from its beginning, inclusive, to its end, exclusive.
 *
 * @param at - ISO instant
 * @throws InputError when a window or the instant cannot be read
 * @public
 */
export function evaluateWindows(
  windows: readonly CalendarWindow[],
  at: string,
): WindowDecision {
  const now = readInstant(at);
  const ready = windows.map(readyWindow);
  const deny = ready.filter(({ window }) => window.effect === 'deny');
  const allow = ready.filter(({ window }) => window.effect === 'allow');
  const blocking = blockingAt(deny, allow, now);
  if (!blocking.length) {
    const closesAt = findClosing(deny, allow, now);
    return {
      open: true,
      blocking: [],
      ...(closesAt !== undefined && { closesAt: toIso(closesAt) }),
    };
  }
  const opensAt = findOpening(deny, allow, now);
  return {
    open: false,
    blocking: blocking.map(({ window }) => window),
    ...(opensAt === undefined
      ? { neverOpens: true }
      : { opensAt: toIso(opensAt) }),
  };
}

/** When the window that holds at a time ends; undefined when none holds. */
function endAt({ rule, endOf }: ReadyWindow, time: number): number | undefined {
  // The latest beginning ends last, as all of a window last equally long.
  const start = lastUntil(rule, time);
  const end = start === undefined ? undefined : endOf(start);
  return end !== undefined && end > time ? end : undefined;
}

function holds(window: ReadyWindow, time: number): boolean {
  return endAt(window, time) !== undefined;
}

function blockingAt(
  deny: ReadyWindow[],
  allow: ReadyWindow[],
  time: number,
): ReadyWindow[] {
  const denying = deny.filter(one => holds(one, time));
  if (denying.length) {
    return denying;
  }
  return allow.some(one => holds(one, time)) ? [] : allow;
}

function findOpening(
  deny: ReadyWindow[],
  allow: ReadyWindow[],
  now: number,
): number | undefined {
  let time: number | undefined = now;
  for (
    let changes = 0;
    time !== undefined && changes < MAX_CHANGES && time <= now + HORIZON;
    changes += 1
  ) {
    const at: number = time;
    const denyEnds = deny.flatMap(one => endAt(one, at) ?? []);
    if (denyEnds.length) {
      time = Math.max(...denyEnds);
    } else if (!allow.length || allow.some(one => holds(one, at))) {
      return at;
    } else {
      const starts = allow.flatMap(({ rule }) => firstFrom(rule, at + 1) ?? []);
      time = starts.length ? Math.min(...starts) : undefined;
    }
  }
  return undefined;
}

function findClosing(
  deny: ReadyWindow[],
  allow: ReadyWindow[],
  now: number,
): number | undefined {
  const denyStarts = deny.flatMap(({ rule }) => firstFrom(rule, now + 1) ?? []);
  const horizon = Math.min(now + HORIZON, ...denyStarts);
  const allowed = allow.length ? allowedUntil(allow, now, horizon) : Infinity;
  const closing = Math.min(allowed, ...denyStarts);
  return closing <= now + HORIZON ? closing : undefined;
}

/** When the last of allow windows that follow each other without gap ends. */
function allowedUntil(
  allow: ReadyWindow[],
  now: number,
  horizon: number,
): number {
  let time = now;
  for (let changes = 0; changes < MAX_CHANGES && time <= horizon; changes++) {
    const at = time;
    const ends = allow.flatMap(one => endAt(one, at) ?? []);
    if (!ends.length) {
      return at;
    }
    time = Math.max(...ends);
  }
  return Infinity;
}
