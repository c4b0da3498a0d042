import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { KEY, SYSTEM, systemOf, TicketActionOptions } from './ticketAction';

/** Lets steps say something about a ticket. */
export function createCommentTicketAction(options: TicketActionOptions): void {
  options.actionsRegistry.register({
    name: 'comment-ticket',
    title: 'Comment on a ticket',
    description: `Adds a comment to a ticket. A comment carries an idempotency key, and one with the same key is not made twice; without one, that of the step's attempt is used.`,
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          system: z.string().describe(SYSTEM),
          key: z.string().describe(KEY),
          text: z
            .string()
            .trim()
            .min(1)
            .max(30_000)
            .describe('Plain text; addresses become links'),
          internal: z
            .boolean()
            .optional()
            .describe('For colleagues only, at a service desk'),
          idempotencyKey: z.string().min(1).max(500).optional(),
        }),
      output: z =>
        z.object({
          added: z.boolean().describe('False when it was there already'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { system, key, ...comment } = input;
      const adapter = systemOf(options, system, credentials);
      return { output: await adapter.comment(key, comment) };
    },
  });
}
