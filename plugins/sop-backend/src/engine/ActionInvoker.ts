import { AuthService } from '@backstage/backend-plugin-api';
import {
  ActionsService,
  ActionsServiceAction,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import { JsonObject, JsonValue } from '@backstage/types';
import { LostCall, reconcile, withIdempotencyKey } from './reconcile';

/** What the engine wants to know about a registered action. */
export type ActionInfo = Pick<ActionsServiceAction, 'id' | 'attributes'>;

/** The registered actions of the portal. */
export interface ActionInvoker {
  /** All actions that steps of this back end can reach. */
  list(): Promise<ActionInfo[]>;
  /** Calls an action with the credentials of the SOP back end. */
  invoke(
    id: string,
    input: JsonObject,
    idempotencyKey: string,
  ): Promise<JsonValue>;

  /**
   * Finds out what a call led to whose answer was lost. Where there is no way to
   * find out, nothing.
   */
  reconcile?(call: LostCall): Promise<{ output: JsonValue } | undefined>;
}

/** Calls any action, as it is. */
export interface ActionsClient {
  call(id: string, input: JsonObject): Promise<JsonValue>;
}

/**
 * The only file that knows Backstage's Actions service, which is alpha.
 */
export class BackstageActionInvoker implements ActionInvoker, ActionsClient {
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

  invoke(
    id: string,
    input: JsonObject,
    idempotencyKey: string,
  ): Promise<JsonValue> {
    const call = { action: id, input, idempotencyKey };
    return this.call(id, withIdempotencyKey(call));
  }

  reconcile(call: LostCall) {
    return reconcile(call, this);
  }

  async call(id: string, input: JsonObject): Promise<JsonValue> {
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
