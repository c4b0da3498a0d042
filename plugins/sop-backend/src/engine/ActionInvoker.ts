import { AuthService } from '@backstage/backend-plugin-api';
import {
  ActionsService,
  ActionsServiceAction,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import { JsonObject, JsonValue } from '@backstage/types';

/** What the engine wants to know about a registered action. */
export type ActionInfo = Pick<ActionsServiceAction, 'id' | 'attributes'>;

/** The registered actions of the portal. */
export interface ActionInvoker {
  /** All actions that steps of this back end can reach. */
  list(): Promise<ActionInfo[]>;
  /** Calls an action with the credentials of the SOP back end. */
  invoke(id: string, input: JsonObject): Promise<JsonValue>;
}

/**
 * The only file that knows Backstage's Actions service, which is alpha.
 */
export class BackstageActionInvoker implements ActionInvoker {
  readonly #actions: ActionsService;
  readonly #auth: AuthService;
  readonly #tracing: TracingService;

  constructor(options: {
    actions: ActionsService;
    auth: AuthService;
    tracing: TracingService;
  }) {
    this.#tracing = options.tracing;
    this.#actions = options.actions;
    this.#auth = options.auth;
  }

  async list(): Promise<ActionInfo[]> {
    const { actions } = await this.#actions.list({
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    return actions;
  }

  async invoke(id: string, input: JsonObject): Promise<JsonValue> {
    const attributes = { 'sop.action': id };
    return this.#tracing.startActiveSpan(
      'sop.action',
      { attributes, kind: 'client' },
      async () => {
        const { output } = await this.#actions.invoke({
          id,
          input,
          credentials: await this.#auth.getOwnServiceCredentials(),
        });
        return output ?? null;
      },
    );
  }
}
