import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { KEY, SYSTEM, systemOf, TicketActionOptions } from './ticketAction';

/** Lets steps move a ticket. */
export function createTransitionTicketAction(
  options: TicketActionOptions,
): void {
  options.actionsRegistry.register({
    name: 'transition-ticket',
    title: 'Move a ticket to a state',
    description:
      'Moves a ticket to the first of the given states that can be reached from where it is. A ticket that is in one of them stays there.',
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          system: z.string().describe(SYSTEM),
          key: z.string().describe(KEY),
          to: z
            .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
            .describe('A state, or several, the best one first'),
        }),
      output: z =>
        z.object({
          key: z.string(),
          url: z.string(),
          state: z.string(),
          category: z.enum(['to-do', 'in-progress', 'done']),
          previous: z.string().describe('The state it was in'),
          changed: z.boolean(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { system, key, to } = input;
      const moved = await systemOf(options, system, credentials).transition(
        key,
        Array.isArray(to) ? to : [to],
      );
      return { output: { ...moved } };
    },
  });
}
