import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SopEndpoint } from '../config';
import { SopRunService } from '../service/SopRunService';
import { createCompleteTaskAction } from './createCompleteTaskAction';
import { createGetRunAction } from './createGetRunAction';
import { createHttpGetAction } from './createHttpGetAction';
import { createListProceduresAction } from './createListProceduresAction';
import { createListTasksAction } from './createListTasksAction';
import { createStartRunAction } from './createStartRunAction';

/** Registers all actions of the plugin. */
export function registerActions(options: {
  actionsRegistry: ActionsRegistryService;
  service: SopRunService;
  endpoints: Map<string, SopEndpoint>;
}): void {
  createHttpGetAction(options);
  createListProceduresAction(options);
  createStartRunAction(options);
  createGetRunAction(options);
  createListTasksAction(options);
  createCompleteTaskAction(options);
}
