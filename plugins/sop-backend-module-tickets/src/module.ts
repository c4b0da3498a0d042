import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { createCommentTicketAction } from './actions/createCommentTicketAction';
import { createCreateTicketAction } from './actions/createCreateTicketAction';
import { createLinkTicketAction } from './actions/createLinkTicketAction';
import { createReadActions } from './actions/createReadActions';
import { createTransitionTicketAction } from './actions/createTransitionTicketAction';
import { readTicketSystems } from './config';

/**
 * Registers the actions that work with tickets.
 * @public
 */
export const sopModuleTickets = createBackendModule({
  pluginId: 'sop',
  moduleId: 'tickets',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        config: coreServices.rootConfig,
      },
      async init({ actionsRegistry, config }) {
        const options = { actionsRegistry, systems: readTicketSystems(config) };
        createReadActions(options);
        createCreateTicketAction(options);
        createLinkTicketAction(options);
        createTransitionTicketAction(options);
        createCommentTicketAction(options);
      },
    });
  },
});
