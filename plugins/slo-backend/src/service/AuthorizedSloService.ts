import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  AddCountersRequest,
  AddCountersResult,
  BurnDownRequest,
  ListSlosRequest,
  SloBurnDown,
  sloCountersWritePermission,
  sloEvaluatePermission,
  SloKey,
  SloPage,
  sloReadPermission,
  SloRules,
  SloView,
  ValidationResult,
} from '@handrail/plugin-slo-common';
import { CallOptions, SloService } from './SloService';

const ACTS = {
  read: { permission: sloReadPermission, words: 'see SLOs' },
  evaluate: { permission: sloEvaluatePermission, words: 'evaluate SLOs' },
  count: { permission: sloCountersWritePermission, words: 'add counters' },
} satisfies Record<string, { permission: BasicPermission; words: string }>;

type Act = keyof typeof ACTS;

/** Asks the permission framework before each call. */
export class AuthorizedSloService implements SloService {
  readonly #service: SloService;
  readonly #permissions: PermissionsService;

  constructor(service: SloService, permissions: PermissionsService) {
    this.#service = service;
    this.#permissions = permissions;
  }

  async listSlos(
    request: ListSlosRequest,
    options: CallOptions,
  ): Promise<SloPage> {
    await this.#assert(['read'], options);
    return this.#service.listSlos(request, options);
  }

  async getSlo(request: SloKey, options: CallOptions): Promise<SloView> {
    const [denied, refusal] = await this.#denied(['read', 'evaluate'], options);
    if (denied) {
      throw new NotAllowedError(denied);
    }
    const view = await this.#service.getSlo(request, options);
    return refusal
      ? { ...view, permits: { evaluate: { allowed: false, reason: refusal } } }
      : view;
  }

  async getBurnDown(
    request: BurnDownRequest,
    options: CallOptions,
  ): Promise<SloBurnDown> {
    await this.#assert(['read'], options);
    return this.#service.getBurnDown(request, options);
  }

  async getRules(request: SloKey, options: CallOptions): Promise<SloRules> {
    await this.#assert(['read'], options);
    return this.#service.getRules(request, options);
  }

  /** Its answer is what reading gives, so both are needed. */
  async evaluateSlo(request: SloKey, options: CallOptions): Promise<SloView> {
    await this.#assert(['evaluate', 'read'], options);
    return this.#service.evaluateSlo(request, options);
  }

  async validateDocument(
    request: { content: string },
    options: CallOptions,
  ): Promise<ValidationResult> {
    return this.#service.validateDocument(request, options);
  }

  async addCounters(
    request: AddCountersRequest,
    options: CallOptions,
  ): Promise<AddCountersResult> {
    await this.#assert(['count'], options);
    return this.#service.addCounters(request, options);
  }

  async #assert(acts: Act[], options: CallOptions): Promise<void> {
    const refusal = (await this.#denied(acts, options)).find(Boolean);
    if (refusal) {
      throw new NotAllowedError(refusal);
    }
  }

  /** For each act, the sentence that says that the policy denies it. */
  async #denied(
    acts: Act[],
    { credentials }: CallOptions,
  ): Promise<Array<string | undefined>> {
    const decisions = await this.#permissions.authorize(
      acts.map(act => ({ permission: ACTS[act].permission })),
      { credentials },
    );
    return acts.map((act, index) =>
      decisions[index].result === AuthorizeResult.ALLOW
        ? undefined
        : `You may not ${ACTS[act].words}: the permission ${ACTS[act].permission.name} is denied to you.`,
    );
  }
}
