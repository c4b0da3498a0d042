import { InputError, toError } from '@backstage/errors';
import {
  convertIcsCalendar,
  generateIcsRecurrenceRule,
  IcsEvent,
} from 'ts-ics';
import { isDay, quote } from '../instants';
import { occurrences } from '../recurrence';
import { Holiday } from './types';

const DAY = 86_400_000;
const MAX_LENGTH = 2_000_000;
const MAX_HOLIDAYS = 2_000;
const MAX_EVENT_DAYS = 366;

/**
 * Reads the days off of an iCalendar file, as public holidays are published.
 * Events must be of whole days; one of several days gives each of them, a
 * cancelled one none.
 *
 * @param text - content of the file
 * @param range - days (`yyyy-MM-dd`, both inclusive) that are wanted. Needed
 * when an event repeats.
 * @returns each day once, in order
 * @throws InputError saying what in the file cannot be read
 * @public
 */
export function parseHolidays(
  text: string,
  range?: { from: string; to: string },
): Holiday[] {
  if (range && !(isDay(range.from) && isDay(range.to))) {
    throw new InputError(
      `The range of holidays is ${quote(
        range,
      )}; allowed are days such as "2026-01-01"`,
    );
  }
  const found = new Map<string, string | undefined>();
  for (const event of readEvents(text)) {
    for (const date of daysOf(event, range)) {
      if (!range || (date >= range.from && date <= range.to)) {
        found.set(date, found.get(date) ?? event.summary);
      }
    }
  }
  if (found.size > MAX_HOLIDAYS) {
    throw new InputError(
      `The calendar has ${found.size} days off; allowed are at most ${MAX_HOLIDAYS}`,
    );
  }
  return [...found]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([date, name]) => ({ date, ...(name && { name }) }));
}

function readEvents(text: string): IcsEvent[] {
  if (text.length > MAX_LENGTH) {
    throw new InputError(
      `The calendar has ${text.length} characters; allowed are at most ${MAX_LENGTH}`,
    );
  }
  try {
    const { events = [] } = convertIcsCalendar(undefined, text);
    return events.filter(({ status }) => status !== 'CANCELLED');
  } catch (error) {
    throw new InputError(
      `The text is not an iCalendar file (RFC 5545): ${toError(error).message}`,
    );
  }
}

function daysOf(
  event: IcsEvent,
  range: { from: string; to: string } | undefined,
): string[] {
  const { start, end, summary, recurrenceRule, exceptionDates = [] } = event;
  const name = `The event ${quote(summary ?? event.uid)}`;
  if (start?.type !== 'DATE') {
    throw new InputError(
      `${name} begins at a time of day; allowed are events of whole days (DTSTART;VALUE=DATE)`,
    );
  }
  const first = start.date.getTime();
  // The end of an event is the day after its last.
  const length = end ? Math.round((end.date.getTime() - first) / DAY) : 1;
  if (length < 1 || length > MAX_EVENT_DAYS) {
    throw new InputError(
      `${name} lasts ${length} days; allowed are 1 to ${MAX_EVENT_DAYS}`,
    );
  }
  if (!recurrenceRule) {
    return daysFrom(first, length);
  }
  if (!range) {
    throw new InputError(
      `${name} repeats; allowed is that with a range of days that are wanted`,
    );
  }
  const begin = (day: string) => `${day}T00:00:00.000Z`;
  return occurrences(
    {
      rrule: generateIcsRecurrenceRule(recurrenceRule)
        .replace(/^RRULE:/, '')
        .trim(),
      dtstart: `${isoDay(first)}T00:00`,
      timezone: 'UTC',
      exdate: exceptionDates.map(({ date }) => isoDay(date.getTime())),
    },
    {
      from: new Date(
        Date.parse(begin(range.from)) - length * DAY,
      ).toISOString(),
      to: new Date(Date.parse(begin(range.to)) + DAY).toISOString(),
      limit: MAX_HOLIDAYS,
    },
  ).flatMap(one => daysFrom(Date.parse(one), length));
}

function daysFrom(first: number, length: number): string[] {
  return Array.from({ length }, (_, index) => isoDay(first + index * DAY));
}

function isoDay(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}
