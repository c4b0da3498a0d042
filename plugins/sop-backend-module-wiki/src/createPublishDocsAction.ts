import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { sopRunCreatePermission } from '@handrail/plugin-sop-common';
import { procedureOnly } from '@handrail/plugin-sop-node';
import { DocsPublisher } from './techdocs/DocsPublisher';

/** Lets steps publish with TechDocs. */
export function createPublishDocsAction(options: {
  actionsRegistry: ActionsRegistryService;
  docs: DocsPublisher;
}): void {
  options.actionsRegistry.register({
    name: 'publish-docs',
    title: 'Publish a page with TechDocs',
    description:
      'Has the docs of an entity built from its repository, and looks whether the page is there and says what it should. A page that is not there yet is an error that another try may end.',
    visibilityPermission: sopRunCreatePermission,
    attributes: { readOnly: false, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          entityRef: z.string().describe('Entity whose docs they are'),
          path: z
            .string()
            .default('')
            .describe('Path of the page, such as `troubleshooting/log-in`'),
          contains: z
            .string()
            .min(1)
            .optional()
            .describe('What the page must say, such as its title'),
        }),
      output: z =>
        z.object({
          url: z.string(),
          updated: z.boolean().describe('Whether anything was new'),
        }),
    },
    action: async ({ input, credentials }) => {
      procedureOnly(credentials);
      return { output: await options.docs.publish(input) };
    },
  });
}
