import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { SYSTEM, systemOf, TicketActionOptions } from './ticketAction';

/**
 * Lets steps create a ticket. It does not call itself idempotent: the search
 * that looks for what was created before lags behind, so that a lost call is
 * looked into before anybody repeats it.
 */
export function createCreateTicketAction(options: TicketActionOptions): void {
  options.actionsRegistry.register({
    name: 'create-ticket',
    title: 'Create a ticket',
    description: `Creates a ticket. With an \`idempotencyKey\` that was used before, the ticket that was created then is the answer; without one, that of the step's attempt is used.`,
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: false, idempotent: false, destructive: false },
    schema: {
      input: z =>
        z.object({
          system: z.string().describe(SYSTEM),
          project: z
            .string()
            .describe('One of those that the configuration lists'),
          title: z.string().trim().min(1).max(1000),
          description: z
            .string()
            .max(30_000)
            .optional()
            .describe('Plain text; addresses become links'),
          kind: z.string().optional().describe('Such as `Bug`'),
          labels: z.array(z.string().regex(/^\S{1,100}$/)).optional(),
          idempotencyKey: z.string().min(1).max(500).optional(),
        }),
      output: z =>
        z.object({
          key: z.string(),
          url: z.string(),
          title: z.string(),
          created: z.boolean().describe('False when it was there already'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { system, ...ticket } = input;
      const adapter = systemOf(options, system, credentials);
      return { output: { ...(await adapter.create(ticket)) } };
    },
  });
}
