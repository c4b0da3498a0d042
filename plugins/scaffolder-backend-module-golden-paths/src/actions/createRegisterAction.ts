import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, isError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

/** Says what is left of a run, and how to go on. */
class RegisterError extends InputError {
  constructor(options: {
    repoContentsUrl: string;
    target: string;
    error: unknown;
  }) {
    const { repoContentsUrl, target, error } = options;
    super(
      [
        `The catalog did not register ${target}: ${
          isError(error) ? error.message : error
        }`,
        `What is left is the repository ${repoContentsUrl}; nothing of it is in the catalog.`,
        `To keep it: once the reason is gone, register ${target} with "Register existing component".`,
        'To start over: delete the repository at its host, then run the template again; the name is taken until then.',
      ].join('\n'),
      error,
    );
  }
}

/**
 * Registers a repository that was just published. The catalog reads all of its
 * documents first, so that it takes either all or none of them. When it does not,
 * the error says what is left and how to go on.
 */
export function createRegisterAction(options: {
  catalog: CatalogService;
  integrations: ScmIntegrations;
}) {
  const { catalog, integrations } = options;
  return createTemplateAction({
    id: 'golden-path:register',
    description:
      'Registers a published repository in the catalog, after the catalog has read all that it names. Where that fails, says what is left and what to do with it. Running it again changes nothing.',
    examples: [
      {
        description: 'Register what was published',
        example: `steps:
  - id: register
    name: Register it in the catalog
    action: golden-path:register
    input:
      repoContentsUrl: \${{ steps.publish.output.repoContentsUrl }}`,
      },
    ],
    schema: {
      input: {
        repoContentsUrl: z =>
          z.string({ description: 'Of the step that published' }).min(1),
        catalogInfoPath: z =>
          z
            .string({ description: 'Default: catalog-info.yaml' })
            .min(1)
            .optional(),
      },
      output: {
        catalogInfoUrl: z => z.string({ description: 'What is registered' }),
        entityRef: z =>
          z
            .string({
              description: 'The first component, else the first entity',
            })
            .optional(),
      },
    },
    async handler(ctx) {
      const { repoContentsUrl, catalogInfoPath = 'catalog-info.yaml' } =
        ctx.input;
      const integration = integrations.byUrl(repoContentsUrl);
      if (!integration) {
        throw new InputError(
          `repoContentsUrl: found ${JSON.stringify(
            repoContentsUrl,
          )}; allowed: a URL of a host below integrations`,
        );
      }
      const target = integration.resolveUrl({
        base: repoContentsUrl,
        // A slash in front would drop the branch with Gitea.
        url: catalogInfoPath.replace(/^\/+/, ''),
      });
      const location = { type: 'url', target };
      const credentials = await ctx.getInitiatorCredentials();
      try {
        const { entities, exists } = await catalog.addLocation(
          { ...location, dryRun: true },
          { credentials },
        );
        if (entities.length === 0) {
          throw new InputError('it names no entity');
        }
        if (exists) {
          ctx.logger.info(`${target} was registered before`);
        } else {
          await catalog.addLocation(location, { credentials });
          ctx.logger.info(`Registered ${target}`);
        }
        ctx.output('catalogInfoUrl', target);
        ctx.output('entityRef', stringifyEntityRef(pick(entities)));
      } catch (error) {
        throw new RegisterError({ repoContentsUrl, target, error });
      }
    },
  });
}

/** What the links of a template lead to. */
function pick(entities: Entity[]): Entity {
  const own = entities.filter(
    ({ metadata }) => !metadata.name.startsWith('generated-'),
  );
  return own.find(({ kind }) => kind === 'Component') ?? own[0] ?? entities[0];
}
