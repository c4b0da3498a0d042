/** A day off. @public */
export interface Holiday {
  /** `yyyy-MM-dd` in the calendar's zone. */
  date: string;
  name?: string;
}

/** When people work. @public */
export interface BusinessCalendar {
  /** IANA zone whose days and hours count, for example `Europe/Lisbon`. */
  timezone: string;
  /** ISO weekdays, 1 for Monday to 7 for Sunday. Default: 1 to 5. */
  workdays?: readonly number[];
  /**
   * Working hours of each working day, `HH:mm`; `to` may be `24:00`. Default:
   * all day.
   */
  hours?: { from: string; to: string };
  /** Days off besides the weekdays that are no working days. */
  holidays?: readonly Holiday[];
}

/** Monday to Friday. */
export const DEFAULT_WORKDAYS: readonly number[] = [1, 2, 3, 4, 5];
