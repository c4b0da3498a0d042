const SECONDS: Record<string, number> = {
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 30 * 86_400,
  Q: 90 * 86_400,
  Y: 365 * 86_400,
};

/** A whole number and a unit: m h d w M Q Y. @public */
export const DURATION_PATTERN = '^[1-9][0-9]*[mhdwMQY]$';

/**
 * Seconds of an OpenSLO duration. `m` is minutes and `M` months; in a rolling
 * window a month counts 30 days, a quarter 90 and a year 365.
 *
 * @returns undefined when the text is not a duration
 * @public
 */
export function durationSeconds(text: string): number | undefined {
  return new RegExp(DURATION_PATTERN).test(text)
    ? Number(text.slice(0, -1)) * SECONDS[text.slice(-1)]
    : undefined;
}

/**
 * The shortest way to write whole seconds for Prometheus and people: `5m`,
 * `1h`, `3d`, `358m`.
 * @public
 */
export function formatSeconds(seconds: number): string {
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    if (seconds % size === 0) {
      return `${seconds / size}${unit}`;
    }
  }
  return `${seconds}s`;
}
