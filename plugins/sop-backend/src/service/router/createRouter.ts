import { HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import express from 'express';
import { spec } from '../../schema/generated/spec';
import { SopRunService } from '../SopRunService';
import { addProcedureRoutes } from './procedures';
import { addRunRoutes } from './runs';
import { addTaskRoutes } from './tasks';

/** Greatest size of a request body. */
const BODY_LIMIT = '512kb';

/** What the routes need. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  service: SopRunService;
}

/**
 * The API described in `schema/openapi.yaml`. Requests that do not match the
 * description are refused before they reach the service.
 */
export function createRouter(options: RouterOptions): express.Router {
  const router = createSpecRouter();
  addProcedureRoutes(router, options);
  addRunRoutes(router, options);
  addTaskRoutes(router, options);
  // The typed router is an express router with narrower method signatures.
  return router as unknown as express.Router;
}

/** Answers nothing but the description and refuses what does not match it. */
export function createSpecRouter() {
  return createValidatedOpenApiRouter<typeof spec>(spec, {
    middleware: [express.json({ limit: BODY_LIMIT })],
  });
}

/** An express router whose paths and bodies are those of the description. */
export type SpecRouter = ReturnType<typeof createSpecRouter>;
