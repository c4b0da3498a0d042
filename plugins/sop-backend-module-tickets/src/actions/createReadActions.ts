import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { KEY, SYSTEM, systemOf, TicketActionOptions } from './ticketAction';

const attributes = { readOnly: true, idempotent: true, destructive: false };

/** Lets steps read a ticket, and find one that a lost call made. */
export function createReadActions(options: TicketActionOptions): void {
  const { actionsRegistry } = options;
  actionsRegistry.register({
    name: 'get-ticket',
    title: 'Read a ticket',
    description:
      'Reads the state of a ticket. `category` says what the state means, whatever the system calls it.',
    visibilityPermission: sopRunCreatePermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          system: z.string().describe(SYSTEM),
          key: z.string().describe(KEY),
        }),
      output: z =>
        z.object({
          key: z.string(),
          url: z.string(),
          title: z.string(),
          state: z.string(),
          category: z.enum(['to-do', 'in-progress', 'done']),
          labels: z.array(z.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const system = systemOf(options, input.system, credentials);
      return { output: { ...(await system.read(input.key)) } };
    },
  });
  actionsRegistry.register({
    name: 'find-ticket',
    title: 'Find a ticket by its idempotency key',
    description:
      'Finds the ticket that `sop:create-ticket` created with an idempotency key.',
    visibilityPermission: sopRunCreatePermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          system: z.string().describe(SYSTEM),
          project: z.string(),
          idempotencyKey: z.string().min(1),
        }),
      output: z =>
        z.object({
          found: z.boolean(),
          key: z.string().optional(),
          url: z.string().optional(),
          title: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { project, idempotencyKey } = input;
      const ticket = await systemOf(options, input.system, credentials).find(
        project,
        idempotencyKey,
      );
      return { output: { found: Boolean(ticket), ...ticket } };
    },
  });
}
