import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { sopServiceRef } from '@handrail/plugin-sop-node';
import { createAwaitRunAction } from './actions/createAwaitRunAction';
import { createGateAction } from './actions/createGateAction';
import { createStartRunAction } from './actions/createStartRunAction';
import { createValidateAction } from './actions/createValidateAction';

/**
 * Adds the SOP actions to the scaffolder.
 * @public
 */
export const scaffolderModuleSop = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'sop',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        scaffolderActions: scaffolderActionsExtensionPoint,
        sops: sopServiceRef,
      },
      async init({ auth, scaffolderActions, sops }) {
        scaffolderActions.addActions(
          createAwaitRunAction({ auth, sops }),
          createGateAction({ sops }),
          createStartRunAction({ sops }),
          createValidateAction(),
        );
      },
    });
  },
});
