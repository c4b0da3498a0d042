import { createBackendModule } from '@backstage/backend-plugin-api';
import { sloServiceRef } from '@handrail/plugin-slo-node';
import { gateExtensionPoint } from '@handrail/plugin-sop-node';
import { BudgetContributor } from './BudgetContributor';

/**
 * Lets error budgets speak at the change gate.
 * @public
 */
export const sopModuleSlo = createBackendModule({
  pluginId: 'sop',
  moduleId: 'slo',
  register(env) {
    env.registerInit({
      deps: { gate: gateExtensionPoint, slos: sloServiceRef },
      async init({ gate, slos }) {
        gate.addContributor(new BudgetContributor(slos));
      },
    });
  },
});
