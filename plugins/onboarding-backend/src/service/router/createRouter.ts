import { HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import express, { Request } from 'express';
import { spec } from '../../schema/generated/spec';
import { CallOptions, OnboardingService } from '../OnboardingService';

/** Greatest size of a request body. */
const BODY_LIMIT = '32kb';

/** What the routes need. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  service: OnboardingService;
}

/**
 * The API described in `schema/openapi.yaml`. Requests that do not match the
 * description are refused before they reach the service.
 */
export function createRouter(options: RouterOptions): express.Router {
  const { httpAuth, service } = options;
  const routes = createValidatedOpenApiRouter<typeof spec>(spec, {
    middleware: [(_req, _res, next) => next()],
  });
  // Only people have progress, so service tokens end here.
  const caller = async (
    req: Request<any, any, any, any, any>,
  ): Promise<CallOptions> => ({
    credentials: await httpAuth.credentials(req, { allow: ['user'] }),
    request: req,
  });

  routes.get('/me', async (req, res) => {
    res.json(await service.getMe(await caller(req)));
  });

  routes.put('/me/tours/:ref', async (req, res) => {
    const request = { tourRef: req.params.ref, update: req.body };
    res.json(await service.putProgress(request, await caller(req)));
  });

  routes.post('/me/tours/:ref/missing-target', async (req, res) => {
    const request = { ...req.body, tourRef: req.params.ref };
    await service.reportMissingTarget(request, await caller(req));
    res.status(204).end();
  });

  routes.get('/broken-steps', async (req, res) => {
    res.json({ items: await service.listBrokenSteps(await caller(req)) });
  });

  routes.get('/time-to-first-template-run', async (req, res) => {
    res.json(await service.getTimeToFirstTemplateRun(await caller(req)));
  });

  const router = express.Router();
  // Ahead of the routes, which would answer 400 to a body that is too large.
  router.use(express.json({ limit: BODY_LIMIT }));
  // An express router whose method signatures are narrower.
  router.use(routes as unknown as express.Router);
  return router;
}
