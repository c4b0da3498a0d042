import { InputError } from '@backstage/errors';
import { fromWall, toWall } from '../wallClock';
import { checkBusinessCalendar } from './checkBusinessCalendar';
import { BusinessCalendar, DEFAULT_WORKDAYS } from './types';

const DAY = 86_400_000;

/** Longer than this without a working day is a mistake in the calendar. */
const LONGEST_BREAK_DAYS = 366;

/** The working time of one day as instants, `end` exclusive. */
export interface WorkSpan {
  start: number;
  end: number;
}

/**
 * A calendar made ready for questions. Days are wall times of their midnight.
 */
export class WorkTime {
  readonly #timezone: string;
  readonly #workdays: ReadonlySet<number>;
  readonly #holidays: ReadonlySet<number>;
  /** Milliseconds after midnight. */
  readonly #from: number;
  readonly #to: number;

  /** @throws InputError when the calendar cannot be read */
  constructor(calendar: BusinessCalendar) {
    checkBusinessCalendar(calendar);
    const { workdays = DEFAULT_WORKDAYS, holidays = [], hours } = calendar;
    this.#timezone = calendar.timezone;
    this.#workdays = new Set(workdays);
    this.#holidays = new Set(
      holidays.map(({ date }) => Date.parse(`${date}T00:00:00Z`)),
    );
    this.#from = millisOf(hours?.from ?? '00:00');
    this.#to = millisOf(hours?.to ?? '24:00');
  }

  /** The day of an instant. */
  dayOf(instant: number): number {
    return Math.floor(toWall(instant, this.#timezone) / DAY) * DAY;
  }

  isWorkday(day: number): boolean {
    // The first day of 1970 was a Thursday.
    const weekday = ((((day / DAY + 3) % 7) + 7) % 7) + 1;
    return this.#workdays.has(weekday) && !this.#holidays.has(day);
  }

  /**
   * The n-th working day after or, with a negative count, before a day, which
   * itself does not count.
   * @throws InputError when a year has no working day
   */
  workdayFrom(day: number, count: number): number {
    const step = count < 0 ? -DAY : DAY;
    let found = day;
    let left = Math.abs(count);
    let idle = 0;
    while (left > 0) {
      found += step;
      if (this.isWorkday(found)) {
        left -= 1;
        idle = 0;
      } else if (++idle > LONGEST_BREAK_DAYS) {
        throw new InputError(
          `The calendar has no working day within ${LONGEST_BREAK_DAYS} days of ${new Date(
            day,
          )
            .toISOString()
            .slice(0, 10)}`,
        );
      }
    }
    return found;
  }

  /** The working time of a working day. */
  spanOf(day: number): WorkSpan {
    return {
      start: fromWall(day + this.#from, this.#timezone),
      end: fromWall(day + this.#to, this.#timezone),
    };
  }

  /**
   * An instant on a day at the time of day of another, moved into the working
   * hours. The end of a whole day is its last millisecond, so that the result
   * always lies on the day.
   */
  sameTimeOn(day: number, instant: number): number {
    const wall = toWall(instant, this.#timezone);
    const { start, end } = this.spanOf(day);
    const lastMoment = this.#to === DAY ? end - 1 : end;
    const sameTime = fromWall(
      day + (wall - this.dayOf(instant)),
      this.#timezone,
    );
    return Math.min(Math.max(sameTime, start), lastMoment);
  }

  /** The last moment of work on a day. */
  endOf(day: number): number {
    const { end } = this.spanOf(day);
    return this.#to === DAY ? end - 1 : end;
  }
}

function millisOf(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
