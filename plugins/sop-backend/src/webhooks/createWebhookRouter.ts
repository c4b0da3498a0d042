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
    express.raw({ type: () => true, limit: MAX_EVENT_SIZE }),
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

/** @throws NotFoundError, AuthenticationError, InputError */
function readDelivery(
  { sources, now }: WebhookRouterOptions,
  name: string,
  req: express.Request,
): Delivery {
  const source = sources.get(name);
  if (!source) {
    throw new NotFoundError(
      `There is no source "${name.slice(0, 63)}"; sop.webhooks lists them`,
    );
  }
  const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const id = verifyDelivery(
    req.headers,
    body,
    source.secret,
    Date.parse(now()),
  );
  const payload = parse(body);
  const { type } = payload;
  if (typeof type !== 'string' || !source.topics.includes(type)) {
    throw new InputError(
      `type: found ${
        JSON.stringify(type)?.slice(0, 120) ?? 'nothing'
      }; allowed: ${source.topics.join(', ') || 'none'}`,
    );
  }
  return { source: name, id, topic: type, payload };
}

function parse(body: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
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
