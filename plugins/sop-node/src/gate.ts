import {
  BackstageCredentials,
  createExtensionPoint,
} from '@backstage/backend-plugin-api';
import { GateReason } from '@handrail/plugin-sop-common';

/** What a contributor says; the gate adds who it was. @public */
export type GateContribution = Omit<GateReason, 'source'>;

/**
 * Something that can be a reason not to change an entity now: a spent error
 * budget, an open incident, a freeze.
 * @public
 */
export interface GateContributor {
  /** As people call it, such as "Error budgets"; unique. */
  readonly source: string;

  /**
   * The reasons for and against a change of the entity now; none when it has
   * nothing to say about it.
   *
   * @param request - full entity ref, in lower case; the time of the question
   * @param options - credentials of the SOP back end, not of the caller, so that
   *   the answer is the same for everybody; `signal` ends when nobody waits any
   *   more
   * @throws any error when it cannot know. The gate then stays closed and says
   *   that this contributor could not be asked.
   */
  evaluate(
    request: { entityRef: string; now: Date },
    options: { credentials: BackstageCredentials; signal: AbortSignal },
  ): Promise<GateContribution[]>;
}

/** Where modules add reasons to the change gate. @public */
export interface GateExtensionPoint {
  /** @throws Error when a contributor of this source was added before */
  addContributor(contributor: GateContributor): void;
}

/** @public */
export const gateExtensionPoint = createExtensionPoint<GateExtensionPoint>({
  id: 'sop.gate',
});
