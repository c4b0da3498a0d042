import { AuditorService } from '@backstage/backend-plugin-api';
import {
  ForwardedError,
  InputError,
  isError,
  NotFoundError,
} from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { EventInbox, MAX_EVENT_SIZE } from '../engine';
import { WebhookSource } from './config';
import {
  GITHUB_TOPICS,
  githubPayload,
  MAX_GITHUB_SIZE,
  verifyGithub,
} from './github';
import { verifyDelivery } from './signature';

/** What the routes need. */
export interface WebhookRouterOptions {
  sources: Map<string, WebhookSource>;
  inbox: Pick<EventInbox, 'accept'>;
  auditor: AuditorService;
  /** ISO instant of the database's clock. */
  now: () => string;
}

/** What a delivery says. */
interface Delivery {
  source: string;
  id: string;
  topic: string;
  payload: JsonObject;
}

/** What GitHub sends when a webhook is made, to see whether anybody is there. */
const PING = `${GITHUB_TOPICS}ping`;

const body = (limit: number) => express.raw({ type: () => true, limit });
const standardBody = body(MAX_EVENT_SIZE);
const githubBody = body(MAX_GITHUB_SIZE);

/**
 * Takes events from outside: `POST /webhooks/<source>`. The body is read raw,
 * as its signature is over the bytes that were sent, and an event is kept before
 * its sender hears that it arrived: 202 for a new one, 200 for a repeat.
 */
export function createWebhookRouter(
  options: WebhookRouterOptions,
): express.Router {
  const { auditor, inbox } = options;
  const router = PromiseRouter();
  router.post(
    '/webhooks/:source',
    (req, res, next) =>
      (options.sources.get(req.params.source)?.format === 'github'
        ? githubBody
        : standardBody)(req, res, next),
    async (req, res) => {
      const { source } = req.params;
      // Without the request: a token that the sender adds is none of ours.
      const audit = await auditor.createEvent({
        eventId: 'webhook',
        severityLevel: 'low',
        meta: { source: source.slice(0, 63) },
      });
      try {
        const delivery = readDelivery(options, source, req);
        if (!delivery) {
          await audit.success({ meta: { topic: PING } });
          res.status(200).json({ accepted: false, duplicate: false });
          return;
        }
        const isNew = await inbox.accept(delivery);
        const { id, topic } = delivery;
        await audit.success({ meta: { id, topic, isNew } });
        res
          .status(isNew ? 202 : 200)
          .json({ accepted: true, duplicate: !isNew });
      } catch (error) {
        await audit.fail({
          error: isError(error) ? error : new ForwardedError('Refused', error),
        });
        throw error;
      }
    },
  );
  return router;
}

/**
 * @returns nothing for what only asks whether anybody is there
 * @throws NotFoundError, AuthenticationError, InputError
 */
function readDelivery(
  { sources, now }: WebhookRouterOptions,
  name: string,
  req: express.Request,
): Delivery | undefined {
  const source = sources.get(name);
  if (!source) {
    throw new NotFoundError(
      `There is no source "${name.slice(0, 63)}"; sop.webhooks lists them`,
    );
  }
  const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  if (source.format === 'github') {
    return readGithub(source, req, bytes);
  }
  const id = verifyDelivery(
    req.headers,
    bytes,
    source.secret,
    Date.parse(now()),
  );
  const payload = parse(bytes);
  const topic = checkTopic('type', payload.type, source);
  return { source: name, id, topic, payload };
}

function readGithub(
  source: WebhookSource,
  { headers }: express.Request,
  bytes: Buffer,
): Delivery | undefined {
  const { id, event, delivery } = verifyGithub(headers, bytes, source.secret);
  if (`${GITHUB_TOPICS}${event}` === PING) {
    return undefined;
  }
  const topic = checkTopic(
    'x-github-event',
    `${GITHUB_TOPICS}${event}`,
    source,
  );
  if (headers['content-type']?.includes('x-www-form-urlencoded')) {
    throw new InputError(
      'content-type: found application/x-www-form-urlencoded; allowed: application/json, to be set in the webhook',
    );
  }
  const payload = githubPayload(event, delivery, parse(bytes));
  const size = Buffer.byteLength(JSON.stringify(payload));
  if (size > MAX_EVENT_SIZE) {
    throw new InputError(
      `The event has ${size} bytes without addresses and long texts; allowed: at most ${MAX_EVENT_SIZE}`,
    );
  }
  return { source: source.name, id, topic, payload };
}

function checkTopic(
  field: string,
  topic: unknown,
  { topics }: WebhookSource,
): string {
  if (typeof topic !== 'string' || !topics.includes(topic)) {
    throw new InputError(
      `${field}: found ${
        JSON.stringify(topic)?.slice(0, 120) ?? 'nothing'
      }; allowed: ${topics.join(', ') || 'none'}`,
    );
  }
  return topic;
}

function parse(bytes: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new InputError(`The body is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(
      'The body is not a JSON object; allowed: { "type": "<topic>", "data": … }',
    );
  }
  return value as JsonObject;
}
