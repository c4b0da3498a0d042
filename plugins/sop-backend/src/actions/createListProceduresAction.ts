import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SopRunService } from '../service/SopRunService';

/** Tells which procedures govern an entity. */
export function createListProceduresAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: SopRunService;
}): void {
  const { actionsRegistry, service } = options;
  actionsRegistry.register({
    name: 'list-procedures',
    title: 'List the procedures of an entity',
    description:
      'Lists the standard operating procedures that govern a catalog entity, whether each can be started now, and its latest run on that entity.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('Entity ref, for example component:default/checkout'),
        }),
      output: z =>
        z.object({
          procedures: z.array(
            z.object({
              sopRef: z.string(),
              title: z.string(),
              number: z.string().optional(),
              lifecycle: z.string(),
              canStart: z.boolean(),
              whyNot: z.string().optional().describe('When it cannot start'),
              latestRunId: z.string().optional(),
              latestRunHeadline: z.string().optional(),
              openRuns: z.number().optional(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const items = await service.listProceduresForEntity(input, {
        credentials,
      });
      return {
        output: {
          procedures: items.map(item => ({
            sopRef: item.sopRef,
            title: item.title,
            number: item.number,
            lifecycle: item.lifecycle,
            canStart: item.canStart.allowed,
            whyNot: item.canStart.reason,
            latestRunId: item.latestRun?.runId,
            latestRunHeadline: item.latestRun?.headline,
            openRuns: item.openRuns,
          })),
        },
      };
    },
  });
}
