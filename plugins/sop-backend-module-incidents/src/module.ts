import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { incidentServiceRef } from '@handrail/plugin-incidents-node';
import { gateExtensionPoint } from '@handrail/plugin-sop-node';
import { readBlockingSeverities } from './config';
import { IncidentContributor } from './IncidentContributor';

/**
 * Lets incidents speak at the change gate.
 * @public
 */
export const sopModuleIncidents = createBackendModule({
  pluginId: 'sop',
  moduleId: 'incidents',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        gate: gateExtensionPoint,
        incidents: incidentServiceRef,
      },
      async init({ config, gate, incidents }) {
        const blockingSeverities = readBlockingSeverities(config);
        gate.addContributor(
          new IncidentContributor({ incidents, blockingSeverities }),
        );
      },
    });
  },
});
