import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ActionStep,
  ApprovalStep,
  HandoffStep,
  ITEM_OWNER_ROLE,
  ManualStep,
  SopSpec,
  SopStep,
  TourStep,
} from '../model/types';
import { describeBlocks } from './describeBlocks';
import { stepState } from './context';
import { isClosed } from './evolve';
import { itemOfRole } from './expansion';
import { REVIEW_ROLE } from './reviewRole';
import { indexRun } from './specIndex';
import { Actor, RunState } from './types';

/** A step that waits for people. @public */
export type HumanStep = ManualStep | ApprovalStep | HandoffStep | TourStep;

/** @public */
export function isHumanStep(step: SopStep): step is HumanStep {
  return (
    step.type === 'manual' ||
    step.type === 'approval' ||
    step.type === 'handoff' ||
    step.type === 'tour'
  );
}

/** An entity ref in full and in lower case; of a group when it names no kind. */
export function normaliseRef(ref: string): string {
  return stringifyEntityRef(
    parseEntityRef(ref, { defaultKind: 'group', defaultNamespace: 'default' }),
  );
}

/**
 * Who a role stands for in this run, as entity refs. Empty when nobody does:
 * `target-owner` without a target or without an owner, `target` when that is
 * neither a user nor a group.
 * @public
 */
export function resolveRole(
  state: RunState,
  spec: SopSpec,
  role: string,
): string[] {
  if (role === 'initiator') {
    return [state.initiator];
  }
  if (role.startsWith(REVIEW_ROLE)) {
    return (
      state.glass?.[Number(role.slice(REVIEW_ROLE.length))].reviewers ?? []
    );
  }
  const item = itemOfRole(state, role);
  if (item) {
    return item.owners ?? [];
  }
  if (role === 'target-owner') {
    return state.target?.owner ? [normaliseRef(state.target.owner)] : [];
  }
  if (role === 'target') {
    const ref = state.target?.entityRef ?? state.initiator;
    return /^(user|group):/.test(ref) ? [ref] : [];
  }
  const turn = state.roles?.[role];
  return turn
    ? [turn.member]
    : (spec.roles?.[role]?.potentialOwners ?? []).map(normaliseRef);
}

/**
 * Who may act on a step in this run, as entity refs: its role, and whoever an
 * escalation has added.
 * @public
 */
export function ownersOf(
  state: RunState,
  spec: SopSpec,
  step: HumanStep,
): string[] {
  const escalatedTo = stepState(state, step.id).escalatedTo ?? [];
  return [...new Set([...resolveRole(state, spec, step.role), ...escalatedTo])];
}

/** The title of a role for sentences. @public */
export function roleTitle(spec: SopSpec, role: string): string {
  if (role.startsWith(REVIEW_ROLE)) {
    return 'those who review it';
  }
  if (role.startsWith(ITEM_OWNER_ROLE)) {
    return 'the owner of the item';
  }
  if (role === 'initiator') {
    return 'the person who started the run';
  }
  if (role === 'target-owner') {
    return 'the owner of the target';
  }
  if (role === 'target') {
    return 'the person it is about';
  }
  return spec.roles?.[role]?.title ?? role;
}

/**
 * Who may not act on a step, as entity refs. Grows while a run goes on, as
 * `actor:<stepId>` names everybody who has done that step so far.
 * @public
 */
export function resolveExcluded(state: RunState, step: HumanStep): string[] {
  return excludedRefs(state, step.excludedOwners);
}

/** Who rules such as `initiator` exclude now, as entity refs. */
export function excludedRefs(
  state: RunState,
  rules: readonly string[] = [],
): string[] {
  const refs = rules.flatMap(rule => {
    if (rule === 'initiator') {
      return [state.initiator];
    }
    if (rule.startsWith('actor:')) {
      return stepState(state, rule.slice('actor:'.length)).actors;
    }
    return [normaliseRef(rule)];
  });
  return [...new Set(refs)];
}

/** The name part of an entity ref, for sentences. @public */
export function shortName(ref: string): string {
  try {
    return parseEntityRef(ref, { defaultKind: 'user' }).name;
  } catch {
    return ref;
  }
}

/** "a", "a or b", "a, b or c". @public */
export function listNames(refs: string[]): string {
  const names = refs.map(shortName);
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}

/** Why rules exclude a person, as the end of a sentence; nothing when none does. */
export function exclusionReason(
  state: RunState,
  spec: SopSpec,
  rules: readonly string[] | undefined,
  actor: Actor,
): string | undefined {
  for (const rule of rules ?? []) {
    if (rule === 'initiator') {
      if (actor.ref === state.initiator) {
        return 'you started this run';
      }
    } else if (rule.startsWith('actor:')) {
      const other = rule.slice('actor:'.length);
      if (stepState(state, other).actors.includes(actor.ref)) {
        return `you did “${
          indexRun(state, spec).get(other)?.step.name ?? other
        }”`;
      }
    } else {
      const ref = normaliseRef(rule);
      if (actor.ref === ref || actor.ownershipEntityRefs.includes(ref)) {
        return `${shortName(ref)} may not act on this step`;
      }
    }
  }
  return undefined;
}

const VERB: Record<HumanStep['type'], string> = {
  manual: 'do',
  approval: 'approve',
  handoff: 'accept',
  tour: 'take',
};

/**
 * Why a person has no right to a step's task, whatever state it is in; nothing
 * when the person has. Roles, four-eyes and "people only" are decided here and
 * nowhere else.
 * @public
 */
export function rightRefusal(
  state: RunState,
  spec: SopSpec,
  step: HumanStep,
  actor: Actor,
): string | undefined {
  const verb = VERB[step.type];
  if (
    actor.kind !== 'user' &&
    (step.type !== 'manual' || step.role.startsWith(REVIEW_ROLE))
  ) {
    return `Only a person may ${verb} “${step.name}”; ${actor.ref} is not one.`;
  }
  const owners = ownersOf(state, spec, step);
  const excluded = exclusionReason(state, spec, step.excludedOwners, actor);
  if (excluded) {
    return `You may not ${verb} this: ${excluded}. Ask ${
      listNames(owners) || 'the owner of the procedure'
    }.`;
  }
  if (!rightBasis(owners, actor)) {
    return owners.length
      ? `Only ${roleTitle(spec, step.role)} (${listNames(
          owners,
        )}) may ${verb} this.`
      : `Nobody may ${verb} this: the role “${step.role}” stands for nobody here.`;
  }
  return undefined;
}

/**
 * Who answers for an action in doubt: the role of the step, or else, or where
 * that stands for nobody, those who own the procedure.
 */
export function doubtOwners(
  state: RunState,
  spec: SopSpec,
  step: ActionStep,
): string[] {
  const role = step.inDoubt?.role;
  const owners = role === undefined ? [] : resolveRole(state, spec, role);
  return owners.length > 0 ? owners : ownersOfProcedure(spec);
}

/**
 * Why a person may not say what became of an action; nothing when the person
 * may.
 */
export function doubtRefusal(
  state: RunState,
  spec: SopSpec,
  step: ActionStep,
  actor: Actor,
): string | undefined {
  if (actor.kind !== 'user') {
    return `Only a person may say what became of “${step.name}”; ${actor.ref} is not one.`;
  }
  const owners = doubtOwners(state, spec, step);
  const excluded = exclusionReason(
    state,
    spec,
    step.inDoubt?.excludedOwners,
    actor,
  );
  if (excluded) {
    return `You may not decide this: ${excluded}. Ask ${listNames(owners)}.`;
  }
  return rightBasis(owners, actor)
    ? undefined
    : `Only ${listNames(owners)} may say what became of “${step.name}”.`;
}

/** The ref that makes somebody a potential owner. @public */
export function rightBasis(owners: string[], actor: Actor): string | undefined {
  return owners.find(
    ref => ref === actor.ref || actor.ownershipEntityRefs.includes(ref),
  );
}

/**
 * Why a person cannot act on a step now, in one sentence; nothing when the
 * person can. For tasks and approvals.
 * @public
 */
export function actRefusal(
  state: RunState,
  spec: SopSpec,
  stepId: string,
  actor: Actor,
): string | undefined {
  const place = indexRun(state, spec).get(stepId);
  const step = place?.step;
  const current = stepState(state, stepId);
  if (step?.type === 'action' && current.status === 'in-doubt') {
    return doubtRefusal(state, spec, step, actor);
  }
  if (!step || !isHumanStep(step)) {
    return 'There is nothing for a person to do in this step.';
  }
  if (isClosed(state.status) && !place?.review) {
    return `The run is over (${state.status}).`;
  }
  if (current.blocked) {
    return `${describeBlocks(current.blocked.blocks)}.`;
  }
  if (current.status !== 'ready' && current.status !== 'reserved') {
    return current.status === 'pending'
      ? 'This step is not reached yet.'
      : `This step is ${current.status}.`;
  }
  const right = rightRefusal(state, spec, step, actor);
  if (right) {
    return right;
  }
  if (current.claimedBy && current.claimedBy !== actor.ref) {
    return `${shortName(
      current.claimedBy,
    )} has claimed this task. Ask ${shortName(
      current.claimedBy,
    )} to release it.`;
  }
  if (current.deferred) {
    const names = current.deferred.checks.map(
      id => `“${indexRun(state, spec).get(id)?.step.name ?? id}”`,
    );
    return `The votes are in; it is granted when ${names.join(
      ' and ',
    )} holds again.`;
  }
  if (current.votes?.some(vote => vote.by === actor.ref)) {
    return 'You have voted already.';
  }
  return undefined;
}

/** Who owns the procedure, as entity refs. */
export function ownersOfProcedure(spec: SopSpec): string[] {
  return [normaliseRef(spec.owner)];
}

/** The ref by which somebody is, or belongs to, the owner of the procedure. */
export function ownerBasis(spec: SopSpec, actor: Actor): string | undefined {
  return rightBasis(ownersOfProcedure(spec), actor);
}

/** Whether somebody is, or belongs to, the owner of the procedure. */
export function ownsProcedure(spec: SopSpec, actor: Actor): boolean {
  return ownerBasis(spec, actor) !== undefined;
}

/**
 * The ref by which somebody steers a run, or retries one step of it: the
 * initiator's own, the owner of the procedure, or what gives the right to the
 * step.
 */
export function controlBasis(
  state: RunState,
  spec: SopSpec,
  actor: Actor,
  stepId?: string,
): string | undefined {
  if (actor.ref === state.initiator) {
    return actor.ref;
  }
  const step = stepId ? indexRun(state, spec).get(stepId)?.step : undefined;
  return (
    ownerBasis(spec, actor) ??
    (step && isHumanStep(step)
      ? rightBasis(ownersOf(state, spec, step), actor)
      : undefined)
  );
}

/** @public */
export type ControlCommand = 'cancel' | 'compensate' | 'fail' | 'retry';

/**
 * Why a person cannot steer a run (or retry one step of it) now; nothing when
 * the person can. The initiator and the owners of the procedure steer; for a
 * retry, those who may do the step as well.
 * @public
 */
export function controlRefusal(
  state: RunState,
  spec: SopSpec,
  actor: Actor,
  command: ControlCommand,
  stepId?: string,
): string | undefined {
  if (isClosed(state.status)) {
    return `The run is over (${state.status}).`;
  }
  if (command === 'retry') {
    if (!stepId || stepState(state, stepId).status !== 'failed') {
      return 'Only a failed step can be tried again.';
    }
  } else if (command === 'cancel') {
    if (state.compensation) {
      return 'The run is being rolled back already.';
    }
  } else if (state.status !== 'held') {
    return 'This is possible only while the run is on hold after a failure.';
  } else if (command === 'compensate' && state.compensation) {
    return 'The run is being rolled back already.';
  }
  const owner = normaliseRef(spec.owner);
  if (actor.ref === state.initiator || ownsProcedure(spec, actor)) {
    return undefined;
  }
  const step = stepId ? indexRun(state, spec).get(stepId)?.step : undefined;
  if (
    command === 'retry' &&
    step &&
    isHumanStep(step) &&
    !rightRefusal(state, spec, step, actor)
  ) {
    return undefined;
  }
  return `Only ${shortName(
    state.initiator,
  )}, who started the run, or ${shortName(
    owner,
  )}, who own the procedure, may do this.`;
}
