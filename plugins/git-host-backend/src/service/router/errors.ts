import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { ErrorRequestHandler, RequestHandler } from 'express';

/** What errors point to, as Gitea's do. */
export const API_DOCUMENTATION = 'https://docs.gitea.com/api/1.22/';

const STATUS: Record<string, number> = {
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  ContentTooLargeError: 413,
  PayloadTooLargeError: 413,
  SyntaxError: 400,
  InputError: 422,
  ServiceUnavailableError: 503,
};

/** Refuses what no route took. */
export const notFound: RequestHandler = (req, _res) => {
  throw new NotFoundError(
    `Nothing is at ${req.method} ${req.path}; this server answers the part of Gitea's API that the portal needs`,
  );
};

/** Answers errors in the form of Gitea's API: `{ message, url }`. */
export function createErrorHandler(options: {
  logger: LoggerService;
}): ErrorRequestHandler {
  const { logger } = options;
  return (error: Error, req, res, _next) => {
    const status = STATUS[error.name] ?? 500;
    if (status >= 500) {
      logger.error(`${req.method} ${req.path} failed`, error);
    }
    if (res.headersSent) {
      // The client must not take what it has for the whole.
      res.destroy();
      return;
    }
    // Makes git ask for a name and password. Not for API calls: browsers would
    // open a dialog over the page.
    if (status === 401 && !req.path.startsWith('/api/')) {
      res.setHeader('WWW-Authenticate', 'Basic realm="git host"');
    }
    if (status === 413) res.setHeader('Connection', 'close');
    const message =
      status === 500 ? 'The server failed; its log says why' : error.message;
    res.status(status).json({ message, url: API_DOCUMENTATION });
  };
}
