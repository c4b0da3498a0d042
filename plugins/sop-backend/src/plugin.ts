import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { sopPermissions } from '@handrail/plugin-sop-common';
import type { Router } from 'express';
import { readSopConfig } from './config';
import { createSpecRouter } from './service/router';

/**
 * Runs of standard operating procedures.
 * @public
 */
export const sopPlugin = createBackendPlugin({
  pluginId: 'sop',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ config, httpRouter, permissionsRegistry }) {
        readSopConfig(config);
        permissionsRegistry.addPermissions(sopPermissions);
        httpRouter.use(createSpecRouter() as unknown as Router);
      },
    });
  },
});
