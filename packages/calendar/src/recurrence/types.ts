/**
 * When something happens again and again: an RFC 5545 rule in a zone.
 *
 * Rules are about the clock on the wall. "Every day at 02:30" is 02:30 in
 * summer and in winter; where the clocks leave 02:30 out it happens at 03:30,
 * and where 02:30 comes twice it happens the first time only.
 *
 * @public
 */
export interface Recurrence {
  /**
   * The value of an RRULE, for example `FREQ=WEEKLY;BYDAY=MO;BYHOUR=14`.
   * `FREQ` is YEARLY, MONTHLY, WEEKLY or DAILY with any part of RFC 5545, or
   * HOURLY or MINUTELY with INTERVAL, COUNT and UNTIL, which then count elapsed
   * time. Hours, minutes and seconds that the rule leaves out come from
   * `dtstart`.
   */
  rrule: string;
  /**
   * Local time without offset, `2026-11-30T14:00`: from when the rule holds,
   * and what INTERVAL and COUNT count from. Without it the rule always held,
   * and times of day that it leaves out are 0.
   */
  dtstart?: string;
  /** IANA zone, for example `Europe/Berlin`. */
  timezone: string;
  /** Local times that are left out, or days, which leave out all of the day. */
  exdate?: string[];
}

/** What {@link occurrences} lists. @public */
export interface OccurrenceRange {
  /** ISO instant, inclusive. */
  from: string;
  /** ISO instant, exclusive. */
  to: string;
  /** Greatest number, 1 to 10,000. Default 1,000. */
  limit?: number;
}
