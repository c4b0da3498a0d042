import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { SloService } from '../service';

/** Tells how much error budget an entity has left. */
export function createGetBudgetAction(options: {
  actionsRegistry: ActionsRegistryService;
  service: SloService;
}): void {
  const { actionsRegistry, service } = options;
  actionsRegistry.register({
    name: 'get-budget',
    title: 'Get the error budgets of an entity',
    description:
      'Tells for every service level objective that measures an entity how much of its error budget is left, how fast it burns and when it runs out. Unknown numbers are null, not zero.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('What is measured, such as component:default/payments'),
        }),
      output: z =>
        z.object({
          slos: z.array(
            z.object({
              ref: z.string(),
              title: z.string(),
              status: z.string(),
              headline: z.string(),
              target: z.number(),
              budgetRemaining: z.number().nullable(),
              burnRate: z.number().nullable(),
              exhaustsAt: z.string().nullable(),
              evaluatedAt: z.string().nullable(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const page = await service.listSlos(
        { entityRef: input.entityRef, limit: 200 },
        { credentials },
      );
      return {
        output: {
          slos: page.items.map(
            ({ ref, title, status, headline, figures, data }) => ({
              ref,
              title,
              status,
              headline,
              target: figures.target,
              budgetRemaining: figures.budgetRemaining,
              burnRate: figures.burnRate,
              exhaustsAt: figures.exhaustsAt,
              evaluatedAt: data.evaluatedAt,
            }),
          ),
        },
      };
    },
  });
}
