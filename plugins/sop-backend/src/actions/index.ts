import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SopEndpoint } from '../config';
import { GateService } from '../gate';
import { SopRunService } from '../service/SopRunService';
import { createCompleteTaskAction } from './createCompleteTaskAction';
import { createGateAction } from './createGateAction';
import { createGetRunAction } from './createGetRunAction';
import { createHttpGetAction } from './createHttpGetAction';
import { createListProceduresAction } from './createListProceduresAction';
import { createListTasksAction } from './createListTasksAction';
import { createStartRunAction } from './createStartRunAction';

/** Registers all actions of the plugin. */
export function registerActions(options: {
  actionsRegistry: ActionsRegistryService;
  service: SopRunService;
  gate: GateService;
  endpoints: Map<string, SopEndpoint>;
}): void {
  createGateAction(options);
  createHttpGetAction(options);
  createListProceduresAction(options);
  createStartRunAction(options);
  createGetRunAction(options);
  createListTasksAction(options);
  createCompleteTaskAction(options);
}
