import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { AuthenticationError, InputError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import { ticketsOf } from './tickets';

/** Greatest body, in bytes. GitHub itself sends up to 25 MB. */
export const MAX_GITHUB_SIZE = 5_000_000;
/** Topics of GitHub's events. */
export const GITHUB_TOPICS = 'github.';

/** Longest text that is kept of a payload, in characters. */
const MAX_TEXT = 2000;

/**
 * Checks the signature of a delivery of GitHub: HMAC-SHA256 over the body. The
 * id that GitHub gives a delivery is not signed, and there is no time in it; so
 * that nobody can send an old body again under another id, the id is made of the
 * body.
 *
 * @returns the id of the delivery, and what GitHub calls it
 * @throws AuthenticationError when the signature is not the source's.
 * @throws InputError when a header is missing or has the wrong form.
 */
export function verifyGithub(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secret: Buffer,
): { id: string; event: string; delivery: string } {
  const event = header(headers, 'x-github-event');
  const signature = header(headers, 'x-hub-signature-256');
  const expected = createHmac('sha256', secret).update(body).digest();
  const [, hex = ''] = /^sha256=([0-9a-f]{64})$/i.exec(signature) ?? [];
  const given = Buffer.from(hex, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AuthenticationError(
      'x-hub-signature-256: is not one of this source; expected sha256= and the hex of HMAC-SHA256 over the body',
    );
  }
  if (!/^[a-z][a-z_]{0,62}$/.test(event)) {
    throw new InputError(
      `x-github-event: found "${event.slice(
        0,
        63,
      )}"; allowed: the name of an event, such as pull_request`,
    );
  }
  const delivery = headers['x-github-delivery'];
  return {
    id: createHash('sha256').update(event).update(body).digest('hex'),
    event,
    delivery: typeof delivery === 'string' ? delivery.slice(0, 100) : '',
  };
}

/**
 * What is kept of a delivery, with the names that standard webhooks have: the
 * topic in `type`, the payload in `data`. `tickets` lists what branch, commits
 * and pull request name.
 */
export function githubPayload(
  event: string,
  delivery: string,
  payload: JsonObject,
): JsonObject {
  return {
    type: `${GITHUB_TOPICS}${event}`,
    delivery,
    tickets: ticketsOf(event, payload),
    data: reduce(payload),
  };
}

/**
 * Addresses of the API are most of what GitHub sends, and of no use in a run:
 * only those of pages are kept. Long texts are cut.
 */
function reduce(value: JsonValue | undefined): JsonValue {
  if (typeof value === 'string') {
    return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  }
  if (Array.isArray(value)) {
    return value.map(reduce);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !isAddress(key))
        .map(([key, one]) => [key, reduce(one)]),
    );
  }
  return value ?? null;
}

function isAddress(key: string): boolean {
  return (
    ['_links', 'url', 'node_id', 'gravatar_id'].includes(key) ||
    (key.endsWith('_url') && key !== 'html_url')
  );
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') {
    throw new InputError(`${name}: found nothing; the header is required`);
  }
  return value;
}
