import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How a source signs its deliveries. */
export type WebhookFormat = 'standard' | 'github';

const FORMATS: WebhookFormat[] = ['standard', 'github'];

/** Somebody who may send events. */
export interface WebhookSource {
  name: string;
  /** How it signs. */
  format: WebhookFormat;
  /** Key of the signatures. */
  secret: Buffer;
  /** Topics that it may send. */
  topics: string[];
}

/** What steps may listen to. */
export interface EventsConfig {
  /** By name. */
  webhooks: Map<string, WebhookSource>;
  /** Topics of the portal's events service that are kept. */
  topics: string[];
}

/** Prefix of the source of what comes from the events service. */
export const BUS_SOURCE = 'events';

const SOURCE_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const TOPIC = /^[a-zA-Z0-9]([a-zA-Z0-9._/-]{0,98}[a-zA-Z0-9])?$/;

/** Shorter keys can be guessed. */
const MIN_SECRET_BYTES = 24;

/**
 * Reads who may send events.
 * @throws InputError naming the path, what was found and what is allowed; never
 * the secret.
 */
export function readEventsConfig(sop: Config | undefined): EventsConfig {
  const webhooks = new Map<string, WebhookSource>();
  (sop?.getOptionalConfigArray('webhooks') ?? []).forEach((config, index) => {
    const path = `sop.webhooks[${index}]`;
    const name = config.getString('source');
    if (!SOURCE_NAME.test(name) || name === BUS_SOURCE) {
      throw new InputError(
        `${path}.source is "${name}"; expected lower-case letters, digits and dashes, at most 63, and not "${BUS_SOURCE}"`,
      );
    }
    if (webhooks.has(name)) {
      throw new InputError(
        `${path}.source is "${name}", which a webhook before it has already; sources must be unique`,
      );
    }
    const secret = decodeSecret(config.getString('secret'));
    if (secret.length < MIN_SECRET_BYTES) {
      throw new InputError(
        `${path}.secret has ${secret.length} bytes; expected at least ${MIN_SECRET_BYTES}`,
      );
    }
    const format = (config.getOptionalString('format') ??
      'standard') as WebhookFormat;
    if (!FORMATS.includes(format)) {
      throw new InputError(
        `${path}.format is "${format}"; expected ${FORMATS.join(' or ')}`,
      );
    }
    const topics = config.getStringArray('topics');
    webhooks.set(name, {
      name,
      format,
      secret,
      topics: checkTopics(`${path}.topics`, topics),
    });
  });
  return {
    webhooks,
    topics: checkTopics(
      'sop.events.topics',
      sop?.getOptionalStringArray('events.topics') ?? [],
    ),
  };
}

/** `whsec_` and base64, as senders of standard webhooks show it, or plain text. */
function decodeSecret(text: string): Buffer {
  return text.startsWith('whsec_')
    ? Buffer.from(text.slice('whsec_'.length), 'base64')
    : Buffer.from(text, 'utf8');
}

function checkTopics(path: string, topics: string[]): string[] {
  topics.forEach((topic, index) => {
    if (!TOPIC.test(topic)) {
      throw new InputError(
        `${path}[${index}] is "${topic}"; expected letters, digits, dots, dashes, underscores and slashes, at most 100`,
      );
    }
  });
  return topics;
}
