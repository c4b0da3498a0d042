/**
 * A stretch of time that comes again and again, in which something is allowed
 * or denied; the sync windows of Argo CD.
 * @public
 */
export interface CalendarWindow {
  /** What people call it, for example `release-hours`. */
  name?: string;
  effect: 'allow' | 'deny';
  /** Its beginnings; FREQ is DAILY, WEEKLY, MONTHLY or YEARLY. */
  rrule: string;
  /** Local time without offset, as in {@link Recurrence}. */
  dtstart?: string;
  /** IANA zone. */
  timezone: string;
  /**
   * ISO 8601 duration, more than zero and at most a year. Days and longer are
   * those of the calendar, hours and shorter are elapsed time.
   */
  duration: string;
  /** Whether what began inside may end outside. Default false. */
  overrun?: boolean;
}

/** What windows say about an instant. @public */
export interface WindowDecision {
  open: boolean;
  /**
   * Why it is closed: the deny windows that hold; where none does, the allow
   * windows, of which none holds. Empty when it is open.
   */
  blocking: CalendarWindow[];
  /** ISO instant at which it opens next. Only when it is closed. */
  opensAt?: string;
  /** ISO instant at which it closes next. Only when it is open, and if ever. */
  closesAt?: string;
  /**
   * Set when it is closed and no opening was found within five years, or within
   * 5,000 changes of the windows.
   */
  neverOpens?: true;
}
