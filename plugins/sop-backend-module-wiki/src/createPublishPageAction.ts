import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { instanceNamed, procedureOnly } from '@handrail/plugin-sop-node';
import { WIKIS_KEY } from './config';
import { WikiAdapter } from './WikiAdapter';

/** Lets steps publish a page. */
export function createPublishPageAction(options: {
  actionsRegistry: ActionsRegistryService;
  /** By name. */
  wikis: Map<string, WikiAdapter>;
}): void {
  options.actionsRegistry.register({
    name: 'publish-page',
    title: 'Publish a page to a wiki',
    description:
      'Creates a page from markdown, or gives the page with that title a new version. The same text makes no other version.',
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          wiki: z.string().describe('Name of the wiki in `sop.wikis`'),
          space: z
            .string()
            .describe('Key of one of the spaces that the configuration lists'),
          title: z.string().trim().min(1).max(255),
          markdown: z
            .string()
            .refine(text => text.trim() !== '', 'must not be empty'),
          parent: z
            .string()
            .optional()
            .describe('Title of the page below which a new one is put'),
        }),
      output: z =>
        z.object({
          pageId: z.string(),
          url: z.string(),
          version: z.number(),
          created: z.boolean(),
          changed: z.boolean().describe('False when it had this text already'),
        }),
    },
    action: async ({ input, credentials }) => {
      procedureOnly(credentials);
      const { wiki, ...page } = input;
      const adapter = instanceNamed(options.wikis, {
        field: 'wiki',
        name: wiki,
        key: WIKIS_KEY,
      });
      return { output: { ...(await adapter.publish(page)) } };
    },
  });
}
