import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { Request, RequestHandler } from 'express';

type AnyRequest = Request<any, any, any, any, any>;

/**
 * Sees to it that no request goes without an audit event. Services put what
 * they attempt on record themselves, in their own words; a request that never
 * reaches one, because nobody is signed in or it does not match the API's
 * description, is put on record here when it is answered.
 */
export class RequestAudit {
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;
  readonly #audited = new WeakSet<AnyRequest>();

  constructor(options: { auditor: AuditorService; logger: LoggerService }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /** The auditor for services; it remembers which requests are on record. */
  auditor(): AuditorService {
    return {
      createEvent: async event => {
        const created = await this.#auditor.createEvent(event);
        if (event.request) {
          this.#audited.add(event.request);
        }
        return created;
      },
    };
  }

  middleware(): RequestHandler {
    return (req, res, next) => {
      res.once('finish', () => {
        if (!this.#audited.has(req)) {
          this.#record(req, res.statusCode).catch(error =>
            this.#logger.error(
              `A request could not be put on record: ${stringifyError(error)}`,
            ),
          );
        }
      });
      next();
    };
  }

  async #record(request: AnyRequest, status: number): Promise<void> {
    const { method, path } = request;
    const options = {
      eventId: 'request',
      severityLevel: 'low' as const,
      meta: { method, path, status },
    };
    const event = await this.#auditor
      .createEvent({ ...options, request })
      // Who sends a token that cannot be read is on record without a name.
      .catch(() => this.#auditor.createEvent(options));
    if (status < 400) {
      await event.success();
    } else {
      await event.fail({ error: new Error(`Answered with ${status}`) });
    }
  }
}
