import { HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import express, { Request } from 'express';
import { spec } from '../schema/generated/spec';
import { CallOptions, SloService } from './SloService';

/** Greatest size of a request body. */
const BODY_LIMIT = '512kb';

/**
 * The API described in `schema/openapi.yaml`. Requests that do not match the
 * description are refused before they reach the service.
 */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  service: SloService;
}): express.Router {
  const { httpAuth, service } = options;
  const routes = createValidatedOpenApiRouter<typeof spec>(spec, {
    middleware: [(_req, _res, next) => next()],
  });
  /** @throws AuthenticationError when nobody is signed in. */
  const readCaller = async (
    request: Request<any, any, any, any, any>,
  ): Promise<CallOptions> => ({
    credentials: await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    }),
    request,
  });

  routes.get('/slos', async (req, res) => {
    const caller = await readCaller(req);
    res.json(await service.listSlos(req.query, caller));
  });
  routes.get('/slos/:namespace/:name', async (req, res) => {
    const caller = await readCaller(req);
    res.json(await service.getSlo(req.params, caller));
  });
  routes.get('/slos/:namespace/:name/burn-down', async (req, res) => {
    const caller = await readCaller(req);
    const request = { ...req.params, ...req.query };
    res.json(await service.getBurnDown(request, caller));
  });
  routes.get('/slos/:namespace/:name/rules', async (req, res) => {
    const caller = await readCaller(req);
    res.json(await service.getRules(req.params, caller));
  });
  routes.post('/slos/:namespace/:name/evaluate', async (req, res) => {
    const caller = await readCaller(req);
    res.json(await service.evaluateSlo(req.params, caller));
  });
  routes.post('/validate', async (req, res) => {
    const caller = await readCaller(req);
    res.json({ ...(await service.validateDocument(req.body, caller)) });
  });
  routes.post('/counters', async (req, res) => {
    const caller = await readCaller(req);
    res.json({ ...(await service.addCounters(req.body, caller)) });
  });

  const router = express.Router();
  // Ahead of the routes, which would answer 400 to a body that is too large.
  router.use(express.json({ limit: BODY_LIMIT }));
  // An express router whose method signatures are narrower.
  router.use(routes as unknown as express.Router);
  return router;
}
