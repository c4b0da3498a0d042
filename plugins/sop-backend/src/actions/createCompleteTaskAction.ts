import { createHash } from 'node:crypto';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SopRunService } from '../service/SopRunService';
import { runOutputSchema, toRunOutput } from './runOutput';

/**
 * Completes manual work with the credentials of whoever calls. Agents may work;
 * there is no action that votes or accepts.
 */
export function createCompleteTaskAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: SopRunService;
}): void {
  const { actionsRegistry, service } = options;
  actionsRegistry.register({
    name: 'complete-task',
    title: 'Complete a task',
    description:
      'Completes a manual task of a run with its evidence. Approvals and hand-offs are left to people: there is no action for them.',
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          runId: z.string(),
          stepId: z.string(),
          taskVersion: z
            .number()
            .int()
            .describe('The version that list-tasks or get-run told'),
          evidence: z
            .record(z.any())
            .optional()
            .describe('Values by the ids of the fields the task asks for'),
          comment: z.string().max(4000).optional(),
        }),
      output: runOutputSchema,
    },
    action: async ({ input, credentials }) => {
      const { runId, ...command } = input;
      const commandId = createHash('sha256')
        .update(JSON.stringify(input))
        .digest('hex');
      const view = await service.executeCommand(
        { runId, commandId, command: { type: 'complete', ...command } },
        { credentials },
      );
      return { output: toRunOutput(view) };
    },
  });
}
