import { createHmac, timingSafeEqual } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { AuthenticationError, InputError } from '@backstage/errors';

/** How far the clock of a sender may be from ours, in seconds. */
export const TOLERANCE_SECONDS = 300;

const MAX_ID_LENGTH = 256;

/**
 * Checks the signature of a delivery as https://www.standardwebhooks.com has it:
 * HMAC-SHA256 over id, time and body, so that none of them can be changed, and
 * an old delivery cannot be sent again as a new one.
 *
 * @param now - milliseconds
 * @returns the id of the delivery
 * @throws AuthenticationError when the signature is not the source's, or the
 * delivery is too old or from the future.
 * @throws InputError when a header is missing or has the wrong form.
 */
export function verifyDelivery(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secret: Buffer,
  now: number,
): string {
  const id = header(headers, 'webhook-id');
  const timestamp = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature').split(' ');
  if (id.length > MAX_ID_LENGTH || /[^\x21-\x7e]/.test(id)) {
    throw new InputError(
      `webhook-id: found ${id.length} characters; allowed: 1 to ${MAX_ID_LENGTH} printable ones without spaces`,
    );
  }
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new InputError(
      `webhook-timestamp: found "${timestamp.slice(
        0,
        40,
      )}"; allowed: seconds since 1970`,
    );
  }
  const expected = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest();
  const matches = signatures.some(signature => {
    const [version, value = ''] = signature.split(',');
    const given = Buffer.from(value, 'base64');
    return (
      version === 'v1' &&
      given.length === expected.length &&
      timingSafeEqual(given, expected)
    );
  });
  if (!matches) {
    throw new AuthenticationError(
      'webhook-signature: is not one of this source; expected v1,<base64 of HMAC-SHA256 over id.timestamp.body>',
    );
  }
  // Only now: what is not signed says nothing about clocks.
  const skew = Math.round(now / 1000) - Number(timestamp);
  if (Math.abs(skew) > TOLERANCE_SECONDS) {
    throw new AuthenticationError(
      `webhook-timestamp: is ${Math.abs(skew)} s ${
        skew > 0 ? 'old' : 'in the future'
      }; allowed are ${TOLERANCE_SECONDS} s`,
    );
  }
  return id;
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') {
    throw new InputError(`${name}: found nothing; the header is required`);
  }
  return value;
}
