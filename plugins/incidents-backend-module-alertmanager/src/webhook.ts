import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { NormalisedAlert } from '@handrail/plugin-incidents-node';

/** The one version of the format that there is. */
const VERSION = '4';
/** Longer texts are cut: they are for people. */
const MAX_SUMMARY = 500;
const MAX_NAME = 200;

type Fields = Record<string, unknown>;

/**
 * The alerts of a webhook body, version 4 of Alertmanager's format.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 * @throws InputError naming the place of what is wrong, what was found and what
 * is allowed.
 */
export function readWebhook(body: Buffer): NormalisedAlert[] {
  const message = asObject(parse(body), 'the body');
  if (message.version !== VERSION) {
    throw new InputError(
      `version is ${show(message.version)}; allowed is "${VERSION}"`,
    );
  }
  if (!Array.isArray(message.alerts)) {
    throw new InputError(`alerts is ${show(message.alerts)}; a list is needed`);
  }
  return message.alerts.map((alert, index) =>
    readAlert(asObject(alert, `alerts[${index}]`), `alerts[${index}]`),
  );
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new InputError(`The body is not JSON: ${(error as Error).message}`);
  }
}

function readAlert(alert: Fields, path: string): NormalisedAlert {
  const { status } = alert;
  if (status !== 'firing' && status !== 'resolved') {
    throw new InputError(
      `${path}.status is ${show(status)}; allowed are "firing" and "resolved"`,
    );
  }
  const labels = readMap(alert.labels, `${path}.labels`);
  const annotations = readMap(alert.annotations ?? {}, `${path}.annotations`);
  const startsAt = readInstant(alert.startsAt, `${path}.startsAt`);
  const endsAt =
    status === 'resolved'
      ? readInstant(alert.endsAt, `${path}.endsAt`)
      : undefined;
  const { fingerprint, generatorURL } = alert;
  if (fingerprint !== undefined && typeof fingerprint !== 'string') {
    throw new InputError(
      `${path}.fingerprint is ${show(fingerprint)}; a text is needed`,
    );
  }
  return {
    fingerprint: fingerprint ? clean(fingerprint) : fingerprintOf(labels),
    status,
    name: (own(labels, 'alertname') ?? 'unnamed alert').slice(0, MAX_NAME),
    summary: (
      own(annotations, 'summary') ?? own(annotations, 'description')
    )?.slice(0, MAX_SUMMARY),
    labels,
    annotations,
    startsAt,
    ...(endsAt ? { endsAt } : {}),
    ...(typeof generatorURL === 'string' && /^https?:\/\//.test(generatorURL)
      ? { generatorUrl: clean(generatorURL) }
      : {}),
  };
}

/** For senders that give none; the same labels give the same one. */
function fingerprintOf(labels: Record<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(labels).sort()))
    .digest('hex');
}

function readMap(value: unknown, path: string): Record<string, string> {
  const entries = Object.entries(asObject(value, path));
  const wrong = entries.find(([, one]) => typeof one !== 'string');
  if (wrong) {
    throw new InputError(
      `${path}.${wrong[0]} is ${show(wrong[1])}; a text is needed`,
    );
  }
  // Names come from outside, so no assignment by name.
  return Object.fromEntries(
    entries.map(([key, one]) => [clean(key), clean(String(one))]),
  );
}

function own(map: Record<string, string>, key: string): string | undefined {
  return Object.prototype.hasOwnProperty.call(map, key) ? map[key] : undefined;
}

function readInstant(value: unknown, path: string): string {
  const millis =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
      ? Date.parse(value)
      : Number.NaN;
  const year = Number.isNaN(millis) ? 0 : new Date(millis).getUTCFullYear();
  if (year < 1970 || year > 9999) {
    throw new InputError(
      `${path} is ${show(
        value,
      )}; allowed are instants such as "2026-03-01T09:30:00Z"`,
    );
  }
  return new Date(millis).toISOString();
}

/** PostgreSQL keeps no NUL in texts. */
function clean(text: string): string {
  return text.replaceAll('\u0000', '');
}

function asObject(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${path} is ${show(value)}; an object is needed`);
  }
  return value as Fields;
}

function show(value: unknown): string {
  return value === undefined
    ? 'missing'
    : (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
