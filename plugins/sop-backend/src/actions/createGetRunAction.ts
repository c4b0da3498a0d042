import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SopRunService } from '../service/SopRunService';
import { runOutputSchema, toRunOutput } from './runOutput';

/** Tells where a run stands. */
export function createGetRunAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: SopRunService;
}): void {
  const { actionsRegistry, service } = options;
  actionsRegistry.register({
    name: 'get-run',
    title: 'Get a run of a procedure',
    description:
      'Tells where a run stands: its status, a sentence on what it waits for, and every step with what it asks for.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z => z.object({ runId: z.string() }),
      output: runOutputSchema,
    },
    action: async ({ input, credentials }) => ({
      output: toRunOutput(await service.getRun(input, { credentials })),
    }),
  });
}
