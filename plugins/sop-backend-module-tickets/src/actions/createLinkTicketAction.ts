import { InputError } from '@backstage/errors';
import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { LinkTarget } from '../TicketAdapter';
import { KEY, SYSTEM, systemOf, TicketActionOptions } from './ticketAction';

/** Lets steps link a ticket to another one, or to a page. */
export function createLinkTicketAction(options: TicketActionOptions): void {
  options.actionsRegistry.register({
    name: 'link-ticket',
    title: 'Link a ticket',
    description:
      'Links a ticket to another one of the same system (`to`, `relation`), or to a page such as a pull request (`url`, `title`). What is linked already stays as it is.',
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          system: z.string().describe(SYSTEM),
          key: z.string().describe(KEY),
          to: z.string().optional().describe('The other ticket'),
          relation: z
            .string()
            .default('Relates')
            .describe('Kind of link to the other ticket, as the system has it'),
          url: z
            .string()
            .url()
            .regex(/^https?:\/\//)
            .optional(),
          title: z.string().min(1).max(500).optional(),
        }),
      output: z =>
        z.object({
          linked: z.boolean().describe('False when it was linked already'),
        }),
    },
    action: async ({ input, credentials }) => {
      const system = systemOf(options, input.system, credentials);
      return { output: await system.link(input.key, targetOf(input)) };
    },
  });
}

function targetOf(input: {
  to?: string;
  relation: string;
  url?: string;
  title?: string;
}): LinkTarget {
  const { to, relation, url, title } = input;
  if (to !== undefined && url === undefined) {
    return { key: to, relation };
  }
  if (to === undefined && url !== undefined) {
    return { url, title: title ?? url };
  }
  throw new InputError(
    `to, url: found ${to === undefined ? 'neither' : 'both'}; allowed: one`,
  );
}
