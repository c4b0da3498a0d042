import { createHash } from 'node:crypto';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SopRunService } from '../service/SopRunService';
import { runOutputSchema, toRunOutput } from './runOutput';

/** Starts a run with the credentials of whoever calls. */
export function createStartRunAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: SopRunService;
}): void {
  const { actionsRegistry, service } = options;
  actionsRegistry.register({
    name: 'start-run',
    title: 'Start a procedure',
    description:
      'Starts a run of a standard operating procedure. The same requestId gives the same run, so a call can be repeated.',
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          sopRef: z
            .string()
            .describe('Entity ref of the procedure, for example sop:default/x'),
          targetRef: z
            .string()
            .optional()
            .describe('Entity ref of what the run is about'),
          inputs: z.record(z.any()).optional().describe('As spec.inputs asks'),
          requestId: z
            .string()
            .min(1)
            .max(200)
            .describe('Anything unique to this intention to start'),
        }),
      output: runOutputSchema,
    },
    action: async ({ input, credentials }) => {
      const { requestId, ...request } = input;
      const commandId = createHash('sha256').update(requestId).digest('hex');
      const view = await service.startRun(
        { ...request, commandId },
        { credentials },
      );
      return { output: toRunOutput(view) };
    },
  });
}
