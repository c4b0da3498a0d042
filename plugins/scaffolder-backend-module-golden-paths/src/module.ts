import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createLockAction } from './actions/createLockAction';
import { createRegisterAction } from './actions/createRegisterAction';
import { createVerifyAction } from './actions/createVerifyAction';
import { readConfig } from './config';
import { WorkerLinters } from './verify/Linters';
import { Tools } from './verify/Tools';

/**
 * Adds `golden-path:verify`, `golden-path:lock` and `golden-path:register` to the
 * scaffolder.
 * @public
 */
export const scaffolderModuleGoldenPaths = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'golden-paths',
  register(reg) {
    reg.registerInit({
      deps: {
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        reader: coreServices.urlReader,
        scaffolderActions: scaffolderActionsExtensionPoint,
      },
      async init({ catalog, config: root, reader, scaffolderActions }) {
        const config = readConfig(root);
        const { timeoutMs } = config;
        const linters = new WorkerLinters({ timeoutMs });
        const tools = new Tools({
          paths: config.tools,
          timeoutMs,
          env: process.env,
        });
        const integrations = ScmIntegrations.fromConfig(root);
        scaffolderActions.addActions(
          createVerifyAction({ config, tools, linters }),
          createLockAction({ config, linters, reader, integrations }),
          createRegisterAction({ catalog, integrations }),
        );
      },
    });
  },
});
