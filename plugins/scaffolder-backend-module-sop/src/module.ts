import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { sopServiceRef } from '@handrail/plugin-sop-node';
import { createStartAction } from './actions/createStartAction';
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
        scaffolderActions: scaffolderActionsExtensionPoint,
        sops: sopServiceRef,
      },
      async init({ scaffolderActions, sops }) {
        scaffolderActions.addActions(
          createStartAction({ sops }),
          createValidateAction(),
        );
      },
    });
  },
});
