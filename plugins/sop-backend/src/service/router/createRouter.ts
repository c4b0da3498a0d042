import { HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import express from 'express';
import { spec } from '../../schema/generated/spec';
import { ControlService } from '../../control';
import { GateService } from '../../gate';
import { ScheduleService } from '../../schedule';
import { ProofService } from '../../proof';
import { PolicyService } from '../../policies';
import { SimulationService } from '../../simulation';
import { InsightService } from '../../insight';
import { RequestAudit } from '../RequestAudit';
import { SopRunService } from '../SopRunService';
import { EventFeed } from '../../events';
import { addControlRoutes } from './control';
import { addEventRoutes } from './events';
import { addGateRoutes } from './gate';
import { addPolicyRoutes } from './policies';
import { addInsightRoutes } from './insight';
import { addLockRoutes } from './locks';
import { addProcedureRoutes } from './procedures';
import { addProofRoutes } from './proof';
import { addRunRoutes } from './runs';
import { addSchemaRoutes } from './schemas';
import { addScheduleRoutes } from './schedules';
import { addTaskRoutes } from './tasks';

/** Greatest size of a request body. */
const BODY_LIMIT = '512kb';

/** What the routes need. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  service: SopRunService;
  gate: GateService;
  schedules: ScheduleService;
  proof: ProofService;
  policies: PolicyService;
  simulation: SimulationService;
  control: ControlService;
  events: EventFeed;
  insight: InsightService;
  audit: RequestAudit;
}

/**
 * The API described in `schema/openapi.yaml`. Requests that do not match the
 * description are refused before they reach the service.
 */
export function createRouter(options: RouterOptions): express.Router {
  const routes = createSpecRouter();
  addControlRoutes(routes, options);
  addEventRoutes(routes, options);
  addGateRoutes(routes, options);
  addPolicyRoutes(routes, options);
  addInsightRoutes(routes, options);
  addLockRoutes(routes, options);
  addProcedureRoutes(routes, options);
  addProofRoutes(routes, options);
  addRunRoutes(routes, options);
  addSchemaRoutes(routes);
  addScheduleRoutes(routes, options);
  addTaskRoutes(routes, options);
  const router = express.Router();
  router.use(options.audit.middleware());
  // Ahead of the routes, which would answer 400 to a body that is too large.
  router.use(express.json({ limit: BODY_LIMIT }));
  // An express router whose method signatures are narrower.
  router.use(routes as unknown as express.Router);
  return router;
}

function createSpecRouter() {
  return createValidatedOpenApiRouter<typeof spec>(spec, {
    middleware: [(_req, _res, next) => next()],
  });
}

/** An express router whose paths and bodies are those of the description. */
export type SpecRouter = ReturnType<typeof createSpecRouter>;
