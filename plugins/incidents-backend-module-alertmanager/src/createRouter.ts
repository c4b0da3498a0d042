import { createHash, timingSafeEqual } from 'node:crypto';
import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  InputError,
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { AlertSink } from '@handrail/plugin-incidents-node';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { AlertmanagerSource } from './config';
import { readWebhook } from './webhook';

/** Greatest size of a body, after decompression. */
export const BODY_LIMIT = '8mb';

/** What the routes need. */
export interface RouterOptions {
  sources: Map<string, AlertmanagerSource>;
  /** Undefined until the plugin has started. */
  sink: () => AlertSink | undefined;
  auditor: AuditorService;
  logger: LoggerService;
}

/**
 * Takes webhooks of Alertmanager. The token is looked at before the body is
 * read, and the body is read raw, before any parser with a smaller limit.
 */
export function createRouter(options: RouterOptions): express.Router {
  const { sources, auditor } = options;
  const router = PromiseRouter();

  router.use('/alertmanager/:source', async (req, _res, next) => {
    try {
      authenticate(sources, req);
    } catch (error) {
      await audit(auditor, req.params.source, {}, async () => {
        throw error;
      });
    }
    next();
  });
  router.post(
    '/alertmanager/:source',
    express.raw({ type: () => true, limit: BODY_LIMIT }),
    async (req, res) => {
      const { source } = req.params;
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const view = await audit(auditor, source, { bytes: body.length }, () =>
        receive(options, source, body),
      );
      res.status(202).json(view);
    },
  );
  router.use(
    '/alertmanager/:source',
    async (
      error: Error,
      req: express.Request<{ source: string }>,
      _res: express.Response,
      next: express.NextFunction,
    ) => {
      // What the parser refuses never came to the route.
      if ('type' in error && 'limit' in error) {
        await audit(auditor, req.params.source, {}, async () => {
          throw error;
        }).catch(() => undefined);
      }
      next(error);
    },
  );
  return router;
}

/** @throws AuthenticationError; unknown sources look like wrong tokens. */
function authenticate(
  sources: Map<string, AlertmanagerSource>,
  req: express.Request<{ source: string }>,
): void {
  const token = req.headers.authorization?.match(/^Bearer (.+)$/i)?.[1];
  const expected = sources.get(req.params.source)?.token;
  if (!isSame(token ?? '', expected ?? '') || !expected) {
    throw new AuthenticationError(
      'The bearer token is missing or is not that of this source',
    );
  }
  if (req.method !== 'POST') {
    throw new NotFoundError(`There is no ${req.method} here; use POST`);
  }
}

/** In constant time; hashes have the same length whatever the texts. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

async function receive(
  { sink, logger }: RouterOptions,
  source: string,
  body: Buffer,
) {
  const target = sink();
  if (!target) {
    throw new ServiceUnavailableError('The incidents plugin is starting');
  }
  const delivery = {
    source,
    bytes: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
  };
  let alerts;
  try {
    alerts = readWebhook(body);
  } catch (error) {
    if (isError(error) && error.name === InputError.name) {
      await target.reject({ ...delivery, reason: error.message });
    }
    throw error;
  }
  try {
    return await target.ingest({ ...delivery, alerts });
  } catch (error) {
    logger.error(`A delivery of ${source} was not stored`, error as Error);
    // Alertmanager tries again after 5xx only.
    throw new ServiceUnavailableError(
      `The delivery could not be stored; send it again`,
      error,
    );
  }
}

/** One audit event per attempt; the foreign token must not be looked at. */
async function audit<T>(
  auditor: AuditorService,
  source: string,
  meta: { bytes?: number },
  attempt: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId: 'alert-delivery',
    severityLevel: 'low',
    meta: { actionType: 'deliver', source, ...meta },
  });
  let result: T;
  try {
    result = await attempt();
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
  await event.success();
  return result;
}
