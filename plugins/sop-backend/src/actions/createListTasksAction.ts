import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SopRunService } from '../service/SopRunService';

/** Lists what waits for whoever calls. */
export function createListTasksAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: SopRunService;
}): void {
  const { actionsRegistry, service } = options;
  actionsRegistry.register({
    name: 'list-tasks',
    title: 'List my tasks',
    description: `Lists tasks of procedures for the person who asks.

- \`me\`: claimed by the person, or naming the person
- \`groups\`: open to a group of the person
- \`done\`: what the person did, newest first`,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          scope: z.enum(['me', 'groups', 'done']),
          limit: z.number().int().min(1).max(100).optional(),
        }),
      output: z =>
        z.object({
          tasks: z.array(
            z.object({
              runId: z.string(),
              stepId: z.string(),
              version: z.number().describe('Pass it on as taskVersion'),
              type: z.string(),
              asked: z.string(),
              runTitle: z.string(),
              sopTitle: z.string(),
              targetRef: z.string().optional(),
              status: z.string(),
              since: z.string(),
              dueAt: z.string().optional(),
              canAct: z.boolean().optional(),
              whyNot: z.string().optional(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items } = await service.listTasks(input, { credentials });
      return {
        output: {
          tasks: items.map(item => ({
            runId: item.runId,
            stepId: item.stepId,
            version: item.version,
            type: item.stepType,
            asked: item.asked,
            runTitle: item.runTitle,
            sopTitle: item.sopTitle,
            targetRef: item.targetRef,
            status: item.status,
            since: item.since,
            dueAt: item.dueAt,
            canAct: item.act?.allowed,
            whyNot: item.act?.reason,
          })),
        },
      };
    },
  });
}
