import { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  ActionContext,
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import goldenPaths from '..';

/** What an action put out and logged. */
export interface ActionRun {
  output: Record<string, any>;
  log: string[];
}

/** The actions of this package, as the scaffolder gets them. */
export async function startActions(
  config: JsonObject = {},
  features: BackendFeature[] = [catalogServiceMock.factory()],
) {
  const actions = new Map<string, TemplateAction>();
  const backend = await startTestBackend({
    extensionPoints: [
      [
        scaffolderActionsExtensionPoint,
        {
          addActions: (...all) => all.forEach(one => actions.set(one.id, one)),
        },
      ],
    ],
    features: [
      mockServices.rootConfig.factory({ data: config }),
      goldenPaths,
      ...features,
    ],
  });
  return {
    async run(
      id: string,
      context: Partial<ActionContext<JsonObject>>,
    ): Promise<ActionRun> {
      const result: ActionRun = { output: {}, log: [] };
      const write = (message: string) => result.log.push(message);
      const logger: any = {
        info: write,
        warn: write,
        error: write,
        debug: write,
      };
      const action = actions.get(id);
      if (!action) {
        throw new Error(`there is no action ${id}`);
      }
      await action.handler({
        ...createMockActionContext(),
        input: {},
        getInitiatorCredentials: async () => mockCredentials.user(),
        ...context,
        logger,
        output: (name: string, value: unknown) => {
          result.output[name] = value;
        },
      });
      return result;
    },
    stop: () => backend.stop(),
  };
}
