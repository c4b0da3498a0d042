/** What stands where a number is not known; never a zero. */
export const NOT_KNOWN = '–';

/** Without the noise of binary fractions: 99.9, not 99.90000000000001. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * Part of a budget in per cent, rounded as in the sentences of the back end:
 * a touched budget is not "100 %", and nothing but a spent one is "0 %".
 *
 * @param fraction - 1 is the whole budget; negative when overspent.
 */
export function formatBudget(fraction: number | null): string {
  if (fraction === null) {
    return NOT_KNOWN;
  }
  const percent = tidy(Math.abs(fraction) * 100);
  if (percent > 0 && percent < 0.1) {
    return fraction > 0 ? 'under 0.1 %' : '−0.1 %';
  }
  const scale = percent < 10 ? 10 : 1;
  const floored = Math.floor(tidy(percent * scale)) / scale;
  return `${fraction < 0 ? '−' : ''}${groupThousands(floored)} %`;
}

/** A target such as 0.999 as "99.9 %", with the digits it was written with. */
export function formatTarget(target: number): string {
  return `${tidy(target * 100)} %`;
}

/**
 * An indicator in per cent, with one digit more than its target has, rounded
 * down: it does not show a target as met that is missed.
 */
export function formatIndicator(sli: number | null, target: number): string {
  if (sli === null) {
    return NOT_KNOWN;
  }
  const decimals = String(tidy(target * 100)).split('.')[1]?.length ?? 0;
  const digits = Math.min(8, decimals + 2);
  const scale = 10 ** digits;
  const floored = Math.floor(tidy(sli * 100 * scale)) / scale;
  return `${floored.toFixed(digits)} %`;
}

/** A burn rate as "14.4×". */
export function formatRate(rate: number | null): string {
  if (rate === null) {
    return NOT_KNOWN;
  }
  if (rate > 0 && rate < 0.01) {
    return 'under 0.01×';
  }
  const digits = rate < 10 ? 2 : 1;
  return `${groupThousands(Number(rate.toFixed(digits)))}×`;
}

/** A number of events; fractions of events are rounded. */
export function formatCount(count: number | null): string {
  return count === null ? NOT_KNOWN : groupThousands(Math.round(count));
}

/** Minutes of outage as "43 min" or "7 h 12 min"; a minus when overspent. */
export function formatMinutes(minutes: number | null): string {
  if (minutes === null) {
    return NOT_KNOWN;
  }
  const length = Math.abs(minutes);
  const sign = minutes < 0 ? '−' : '';
  if (length < 1) {
    return `${sign}${Math.floor(length * 60)} s`;
  }
  if (length < 10) {
    return `${sign}${Number(length.toFixed(1))} min`;
  }
  if (length < 60) {
    return `${sign}${Math.floor(length)} min`;
  }
  const hours = Math.floor(length / 60);
  const rest = Math.floor(length % 60);
  return rest ? `${sign}${hours} h ${rest} min` : `${sign}${hours} h`;
}

/** A tick of the axis of budgets, in whole per cent. */
export function formatTick(fraction: number): string {
  const sign = fraction < 0 ? '−' : '';
  return `${sign}${groupThousands(Math.round(Math.abs(fraction) * 100))} %`;
}

/** 12345.6 as "12 345.6", with spaces that do not break. */
function groupThousands(value: number): string {
  const [whole, fraction] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/**
 * Part of a budget that something cost, in per cent. Rounded up, so that what
 * cost something is not shown as nothing.
 *
 * @param fraction - 1 is the whole budget.
 */
export function formatCost(fraction: number): string {
  const percent = tidy(fraction * 100);
  const scale = percent < 10 ? 10 : 1;
  return `${groupThousands(Math.ceil(tidy(percent * scale)) / scale)} %`;
}
