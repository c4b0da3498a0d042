import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { sopServiceRef } from '@handrail/plugin-sop-node';
import { ProcedureCollatorFactory } from './ProcedureCollatorFactory';
import { RunCollatorFactory } from './RunCollatorFactory';

const DEFAULT_SCHEDULE = {
  frequency: { minutes: 10 },
  timeout: { minutes: 15 },
  initialDelay: { seconds: 5 },
};

/**
 * Puts procedures and their runs into the search index.
 * @public
 */
export const searchModuleSop = createBackendModule({
  pluginId: 'search',
  moduleId: 'sop',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        index: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
        sops: sopServiceRef,
      },
      async init(deps) {
        const { config, index, scheduler } = deps;
        const path = 'search.collators.sop.schedule';
        const schedule = config.has(path)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
              config.getConfig(path),
            )
          : DEFAULT_SCHEDULE;
        for (const factory of [
          new ProcedureCollatorFactory(deps),
          new RunCollatorFactory(deps),
        ]) {
          index.addCollator({
            schedule: scheduler.createScheduledTaskRunner(schedule),
            factory,
          });
        }
      },
    });
  },
});
