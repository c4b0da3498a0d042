import { stepState } from '../engine/context';
import { indexSpec } from '../engine/specIndex';
import { RunState } from '../engine/types';
import { PolicyRevision } from '../model/policy';
import { SopSpec, SopStep } from '../model/types';
import { effectiveStep } from './tightenStep';

/** What is known of policies when a run is decided on or looked at. @public */
export interface PolicyFacts {
  /** In force for the target and the procedure now. */
  policies?: readonly PolicyRevision[];
  /** Those that steps of the run began under, by hash. */
  pinnedPolicies?: Pick<ReadonlyMap<string, PolicyRevision>, 'get'>;
}

/** Facts that lack a policy which a step began under. @public */
export class UnknownPolicyError extends Error {
  constructor(readonly stepId: string, readonly hash: string) {
    super(`Step "${stepId}" began under policy ${hash}, which is not known`);
    this.name = 'UnknownPolicyError';
  }
}

const cache = new WeakMap<SopSpec, Map<string, SopSpec>>();
const KEPT = 20;

/** Whether a step of the run began under a policy. @public */
export function hasPolicies(state: RunState | undefined): boolean {
  return Boolean(
    state &&
      Object.values(state.steps).some(({ policies }) => policies?.length),
  );
}

/**
 * The procedure as policies demand it in this run. A step that has begun keeps
 * the policies it began under; one that has not is under those in force now.
 * What undoes a step is left alone: a freeze must not keep a failed change in
 * place.
 *
 * @throws UnknownPolicyError when a policy that a step began under is not among the facts
 * @public
 */
export function effectiveSpec(
  state: RunState | undefined,
  spec: SopSpec,
  facts: PolicyFacts,
): SopSpec {
  if (!facts.policies?.length && !hasPolicies(state)) {
    return spec;
  }
  const chosen = new Map<string, readonly PolicyRevision[]>();
  for (const [id, { compensates }] of indexSpec(spec)) {
    if (!compensates) {
      chosen.set(id, policiesOf(state, id, facts));
    }
  }
  const key = [...chosen]
    .map(([id, list]) => `${id}:${list.map(({ hash }) => hash).join()}`)
    .join('|');
  const known = cache.get(spec) ?? new Map<string, SopSpec>();
  cache.set(spec, known);
  let effective = known.get(key);
  if (!effective) {
    effective = { ...spec, steps: tightenList(spec, spec.steps, chosen) };
    if (known.size >= KEPT) {
      known.clear();
    }
    known.set(key, effective);
  }
  return effective;
}

function policiesOf(
  state: RunState | undefined,
  stepId: string,
  facts: PolicyFacts,
): readonly PolicyRevision[] {
  const current = state && stepState(state, stepId);
  // A blocked step may have begun: automation that may not try again.
  const begun = current?.blocked
    ? current.blocked.attempt === current.attempt
    : current && current.status !== 'pending';
  if (!current || !begun) {
    return facts.policies ?? [];
  }
  return (current.policies ?? []).map(hash => {
    const policy =
      facts.pinnedPolicies?.get(hash) ??
      facts.policies?.find(one => one.hash === hash);
    if (!policy) {
      throw new UnknownPolicyError(stepId, hash);
    }
    return policy;
  });
}

function tightenList(
  spec: SopSpec,
  list: SopStep[],
  chosen: Map<string, readonly PolicyRevision[]>,
): SopStep[] {
  return list.map(step => {
    const inside = tightenInside(spec, step, chosen);
    return effectiveStep(spec, inside, chosen.get(step.id) ?? []);
  });
}

/** The same step with the steps inside it tightened. */
function tightenInside(
  spec: SopSpec,
  step: SopStep,
  chosen: Map<string, readonly PolicyRevision[]>,
): SopStep {
  const within = <T extends { steps: SopStep[] }>(part: T): T => ({
    ...part,
    steps: tightenList(spec, part.steps, chosen),
  });
  if (step.type === 'parallel') {
    return { ...step, branches: step.branches.map(within) };
  }
  if (step.type === 'forEach') {
    return within(step);
  }
  if (step.type === 'switch') {
    return {
      ...step,
      cases: step.cases.map(within),
      ...(step.default ? { default: within(step.default) } : {}),
    };
  }
  return step;
}
