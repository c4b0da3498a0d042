import { PolicyRevision, PolicyWindow, SopPolicySpec } from '../model/policy';
import { EvidenceField, SopSpec, SopStep } from '../model/types';
import { indexSpec } from '../engine/specIndex';
import { tightenEvidence } from './evidence';

/** What policies add to a step that the step itself has no field for. @public */
export interface StepTightening {
  /** The policies that change anything for the step, in order of their refs. */
  policies: PolicyRevision[];
  /** Approvals needed at least, whatever the quorum of the step is. */
  minQuorum?: number;
  /**
   * Whom the step itself excludes, where policies exclude more: a majority is
   * still one of everybody whom the procedure lets vote.
   */
  ownExcludedOwners?: readonly string[];
  /** Each policy's windows must be open by themselves. */
  windows: Array<{ policy: PolicyRevision; windows: PolicyWindow[] }>;
  /** Locks held in addition; `${{ }}` not filled in. */
  locks: Array<{ policy: PolicyRevision; key: string }>;
}

const tightened = new WeakMap<SopStep, StepTightening>();

/** A copy of a step, for an item of a list, demands what the step demands. */
export function keepTightening<S extends SopStep>(step: SopStep, copy: S): S {
  const known = tightened.get(step);
  if (known && copy !== step) {
    tightened.set(copy, known);
  }
  return copy;
}

/** What policies add to a step of an effective procedure, if anything. @public */
export function tighteningOf(step: SopStep): StepTightening | undefined {
  return tightened.get(step);
}

/**
 * A step as policies demand it: the same step when none is about it. Only ever
 * adds to what the step demands, and gives the same whatever the order of the
 * policies is.
 * @public
 */
export function effectiveStep<S extends SopStep>(
  spec: SopSpec,
  step: S,
  policies: readonly PolicyRevision[],
): S {
  const result: StepTightening = { policies: [], windows: [], locks: [] };
  let effective: SopStep = step;
  const inOrder = [...policies].sort(
    (a, b) => a.ref.localeCompare(b.ref) || a.hash.localeCompare(b.hash),
  );
  for (const policy of inOrder) {
    const demands = demandsOn(policy.spec, step);
    if (Object.keys(demands).length > 0) {
      result.policies.push(policy);
      effective = addDemands(
        effective,
        withActors(demands, spec, step),
        policy,
        result,
      );
    }
  }
  if (result.policies.length === 0) {
    return step;
  }
  // A copy also where no field changed: what is added is kept beside it.
  effective = effective === step ? { ...step } : effective;
  tightened.set(effective, result);
  return effective as S;
}

type Demands = Pick<
  SopPolicySpec,
  | 'windows'
  | 'minQuorum'
  | 'excludedOwners'
  | 'requireEvidence'
  | 'requireReason'
  | 'lock'
>;

const ANY_ACTOR = 'actor:*';

/** Steps whose people are the ones who did the work; a vote is no work. */
const TASKS = ['manual', 'handoff', 'tour'];

/** Steps that hold others; what is inside is selected by itself. */
const CONTAINERS = ['parallel', 'switch', 'forEach'];

/**
 * What a policy demands of one step. A demand that names no steps is about those
 * that it is made for: windows and locks about actions, excluded owners about
 * approvals.
 * @public
 */
export function demandsOn(spec: SopPolicySpec, step: SopStep): Demands {
  if (!isSelected(spec, step)) {
    return {};
  }
  const chosen = spec.steps !== undefined;
  const changes = chosen
    ? !CONTAINERS.includes(step.type)
    : step.type === 'action';
  const { windows, lock } = changes ? spec : ({} as SopPolicySpec);
  const excludes = chosen ? 'role' in step : step.type === 'approval';
  const votes = step.type === 'approval';
  const all: Demands = {
    windows,
    lock,
    excludedOwners: excludes ? spec.excludedOwners : undefined,
    minQuorum: votes ? spec.minQuorum : undefined,
    requireReason: votes ? spec.requireReason : undefined,
    requireEvidence: step.type === 'manual' ? spec.requireEvidence : undefined,
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as Demands;
}

/** `actor:*` as the tasks it stands for in one procedure. */
function withActors(demands: Demands, spec: SopSpec, step: SopStep): Demands {
  const { excludedOwners } = demands;
  if (!excludedOwners?.includes(ANY_ACTOR)) {
    return demands;
  }
  const others = [...indexSpec(spec).values()]
    .filter(({ step: one }) => TASKS.includes(one.type) && one.id !== step.id)
    .map(({ step: one }) => `actor:${one.id}`);
  return {
    ...demands,
    excludedOwners: excludedOwners.flatMap(rule =>
      rule === ANY_ACTOR ? others : [rule],
    ),
  };
}

function isSelected({ steps }: SopPolicySpec, step: SopStep): boolean {
  const { types, ids, tags } = steps ?? {};
  return (
    (!types || types.includes(step.type)) &&
    (!ids || ids.includes(step.id)) &&
    (!tags || tags.some(tag => step.tags?.includes(tag)))
  );
}

function addDemands(
  step: SopStep,
  demands: Demands,
  policy: PolicyRevision,
  result: StepTightening,
): SopStep {
  let next = step;
  if (demands.windows) {
    result.windows.push({ policy, windows: demands.windows });
  }
  if (demands.lock) {
    result.locks.push({ policy, key: demands.lock });
  }
  if (demands.minQuorum) {
    result.minQuorum = Math.max(result.minQuorum ?? 1, demands.minQuorum);
  }
  if (demands.excludedOwners && 'role' in next) {
    result.ownExcludedOwners ??= next.excludedOwners ?? [];
    next = {
      ...next,
      excludedOwners: [
        ...new Set([...(next.excludedOwners ?? []), ...demands.excludedOwners]),
      ],
    };
  }
  if (demands.requireReason && next.type === 'approval') {
    next = { ...next, reason: 'always' };
  }
  if (demands.requireEvidence && next.type === 'manual') {
    next = {
      ...next,
      evidence: demands.requireEvidence.reduce<EvidenceField[]>(
        (fields, field) => tightenEvidence(fields, field, policy),
        next.evidence ?? [],
      ),
    };
  }
  return next;
}
