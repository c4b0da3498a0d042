/**
 * How long a server asks to wait: `Retry-After` in seconds or as a date (RFC
 * 9110), else the reset of GitHub's rate limit.
 *
 * @param now - milliseconds
 * @returns milliseconds, at least 0; undefined when it does not say
 */
export function retryAfter(
  headers: Pick<Headers, 'get'>,
  now: number,
): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text) {
    const millis = /^\d{1,9}$/.test(text)
      ? Number(text) * 1000
      : Date.parse(text) - now;
    return Number.isNaN(millis) ? undefined : Math.max(0, millis);
  }
  const reset = headers.get('x-ratelimit-reset') ?? '';
  return /^\d{1,12}$/.test(reset)
    ? Math.max(0, Number(reset) * 1000 - now)
    : undefined;
}
