import { isError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_SOP_TASK,
  RunState,
  SopSpec,
} from '@handrail/plugin-sop-common';
import {
  SopRunQuery,
  SopRunResource,
  SopTaskQuery,
  SopTaskResource,
} from '@handrail/plugin-sop-node';
import { RunCriteria, TaskCriteria } from '../../database/RunStore';
import { Act, ACTS } from './acts';
import { toRunResource, toTaskResource } from './resources';

type LoadedRun = { state: RunState; spec: SopSpec };

export interface DecisionsOptions {
  runs: PermissionRuleset<SopRunResource, SopRunQuery>;
  tasks: PermissionRuleset<SopTaskResource, SopRunQuery | SopTaskQuery>;
  /** @throws NotFoundError */
  load(runId: string): Promise<LoadedRun>;
}

/** What the policy decided about some acts of one caller. */
export class Decisions {
  readonly #of: ReadonlyMap<Act, PolicyDecision>;
  readonly #options: DecisionsOptions;

  constructor(of: ReadonlyMap<Act, PolicyDecision>, options: DecisionsOptions) {
    this.#of = of;
    this.#options = options;
  }

  /** Why an act is refused everywhere; nothing when it is possible somewhere. */
  denial(act: Act): string | undefined {
    const { permission, words } = ACTS[act];
    return this.#decision(act).result === AuthorizeResult.DENY
      ? `You may not ${words}: the permission ${permission.name} is denied to you.`
      : undefined;
  }

  /** @throws NotAllowedError when the act is refused everywhere */
  assert(act: Act): void {
    const denial = this.denial(act);
    if (denial) {
      throw new NotAllowedError(denial);
    }
  }

  /** Whether the answer depends on the run or task. */
  isConditional(...acts: Act[]): boolean {
    return acts.some(
      act => this.#decision(act).result === AuthorizeResult.CONDITIONAL,
    );
  }

  /** What must hold of runs that the caller may see; nothing when all may be. */
  visibleRuns(): RunCriteria | undefined {
    const decision = this.#decision('read');
    return decision.result === AuthorizeResult.CONDITIONAL
      ? createConditionTransformer(this.#options.runs)(decision.conditions)
      : undefined;
  }

  /** The same of tasks, whose runs must be visible too. */
  visibleTasks(): TaskCriteria | undefined {
    const decision = this.#decision('seeTasks');
    const runs = this.visibleRuns();
    const tasks =
      decision.result === AuthorizeResult.CONDITIONAL
        ? createConditionTransformer(this.#options.tasks)(decision.conditions)
        : undefined;
    return runs && tasks ? { allOf: [runs, tasks] } : runs ?? tasks;
  }

  /**
   * Checks that a run may be seen.
   * @throws NotAllowedError when no run may be; NotFoundError when this one may
   * not be, in the words of a run that does not exist.
   */
  async assertVisible(runId: string): Promise<void> {
    this.assert('read');
    if (this.isConditional('read')) {
      const { state, spec } = await this.#options.load(runId);
      if (this.refusal('read', { state, spec })) {
        throw new NotFoundError(`There is no run ${runId}`);
      }
    }
  }

  /** Whether a run may be seen; not when there is none. */
  async isVisible(runId: string): Promise<boolean> {
    try {
      await this.assertVisible(runId);
      return true;
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') {
        return false;
      }
      throw error;
    }
  }

  /**
   * Checks an act on a run or on a step of it.
   * @throws NotAllowedError, NotFoundError
   */
  async assertOn(act: Act, runId: string, stepId?: string): Promise<void> {
    this.assert(act);
    if (this.isConditional(act)) {
      const run = await this.#options.load(runId);
      const refusal = this.refusal(act, run, stepId);
      if (refusal) {
        throw new NotAllowedError(refusal);
      }
    }
  }

  /** Why an act is refused on a run or on a step of it. */
  refusal(act: Act, run: LoadedRun, stepId?: string): string | undefined {
    const denial = this.denial(act);
    const decision = this.#decision(act);
    if (denial || decision.result === AuthorizeResult.ALLOW) {
      return denial;
    }
    const { permission, words } = ACTS[act];
    const ofTask =
      isResourcePermission(permission) &&
      permission.resourceType === RESOURCE_TYPE_SOP_TASK;
    const allowed = ofTask
      ? createConditionAuthorizer(this.#options.tasks)(
          decision,
          toTaskResource(run.state, run.spec, stepId ?? ''),
        )
      : createConditionAuthorizer(this.#options.runs)(
          decision,
          toRunResource(run.state, run.spec),
        );
    return allowed
      ? undefined
      : `You may not ${words} here: the permission ${
          permission.name
        } is granted to you under conditions that this ${
          ofTask ? 'task' : 'run'
        } does not meet.`;
  }

  #decision(act: Act): PolicyDecision {
    const decision = this.#of.get(act);
    if (!decision) {
      throw new Error(`Nobody asked whether the caller may ${ACTS[act].words}`);
    }
    return decision;
  }
}
