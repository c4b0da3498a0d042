import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { ManualStep, SopSpec } from '../model/types';
import { assertFresh, requiredReason } from './commandChecks';
import {
  listNames,
  normaliseRef,
  ownersOfProcedure,
  resolveRole,
  rightBasis,
} from './people';
import { Recorder } from './Recorder';
import { REVIEW_ROLE } from './reviewRole';
import { indexRun, IndexedStep } from './specIndex';
import { plusDuration } from './time';
import { stepState } from './context';
import { Actor, GateKind, HumanCommand, RunState } from './types';

const DEFAULT_REVIEW_WITHIN = 'P2D';

/** The gates that keep a step now and that a person may skip. @public */
export function skippableGates(
  state: RunState,
  spec: SopSpec,
  stepId: string,
): GateKind[] {
  const step = indexRun(state, spec).get(stepId)?.step;
  const { status, blocked } = stepState(state, stepId);
  const gates: GateKind[] = [];
  if (
    step?.type === 'approval' &&
    ['ready', 'reserved', 'blocked'].includes(status)
  ) {
    gates.push('approval');
  }
  return [...new Set([...gates, ...(blocked?.blocks ?? []).map(b => b.kind)])];
}

/** Who may break the glass, as entity refs. */
function glassOwners(state: RunState, spec: SopSpec): string[] {
  const role = spec.breakGlass?.role;
  return [
    state.initiator,
    ...ownersOfProcedure(spec),
    ...(role === undefined ? [] : resolveRole(state, spec, role)),
  ];
}

/** Why a person may not skip gates of a run; nothing when the person may. @public */
export function glassRefusal(
  state: RunState,
  spec: SopSpec,
  actor: Actor,
): string | undefined {
  if (actor.kind !== 'user') {
    return `Only a person may break the glass; ${actor.ref} is not one.`;
  }
  const owners = glassOwners(state, spec);
  return rightBasis(owners, actor)
    ? undefined
    : `Only ${listNames([...new Set(owners)])} may break the glass here.`;
}

/**
 * Skips named gates of a step, and makes somebody else review that.
 * @throws NotFoundError, NotAllowedError, ConflictError, InputError
 */
export function breakGlass(
  recorder: Recorder,
  command: Extract<HumanCommand, { type: 'break-glass' }>,
  actor: Actor,
): void {
  const { state, facts, index } = recorder;
  const { stepId, skips } = command;
  const step = index.get(stepId)?.step;
  if (!step) {
    throw new NotFoundError(`The procedure has no step "${stepId}"`);
  }
  const refusal = glassRefusal(state, facts.spec, actor);
  if (refusal) {
    throw new NotAllowedError(refusal);
  }
  assertFresh(recorder, command);
  const gates = skippableGates(state, facts.spec, stepId);
  if (gates.length === 0) {
    throw new ConflictError(
      `Nothing keeps "${step.name}"; there is no gate to skip`,
    );
  }
  const wrong = skips.find(one => !gates.includes(one));
  if (skips.length === 0 || wrong !== undefined) {
    throw new InputError(
      `skips: found ${wrong ?? 'nothing'}; allowed: ${gates.join(', ')}`,
    );
  }
  const reason = requiredReason(command.reason);
  const { attempt, blocked } = recorder.step(stepId);
  const before = state.glass ?? [];
  recorder.emit(
    'glass.broken',
    {
      stepId,
      attempt: blocked?.attempt ?? attempt,
      skips: [...new Set(skips)],
      reason,
      basis: rightBasis(glassOwners(state, facts.spec), actor) ?? actor.ref,
      reviewId: `review:${before.length + 1}`,
      reviewDueAt: plusDuration(
        facts.now,
        facts.spec.breakGlass?.reviewWithin ?? DEFAULT_REVIEW_WITHIN,
      ),
      reviewers: reviewers(state, facts.spec),
      excludedOwners: [
        ...new Set([...before.map(({ by }) => by), actor.ref]),
      ].sort(),
    },
    { byActor: true },
  );
  if (step.type === 'approval' && recorder.step(stepId).status !== 'blocked') {
    passApproval(recorder, stepId);
  }
}

/** The approval is over without the votes that it asks for. */
export function passApproval(recorder: Recorder, stepId: string): void {
  if (recorder.step(stepId).skips?.includes('approval')) {
    recorder.emit('step.completed', {
      stepId,
      output: { decision: 'skipped', breakGlass: true },
    });
  }
}

function reviewers(state: RunState, spec: SopSpec): string[] {
  const role = spec.breakGlass?.reviewer;
  const owners = role === undefined ? [] : resolveRole(state, spec, role);
  return owners.length > 0
    ? owners
    : [
        ...new Set([
          ...ownersOfProcedure(spec),
          ...(spec.document?.approvers ?? []).map(normaliseRef),
        ]),
      ];
}

/** How many reviews of skipped gates are still to be done. @public */
export function openReviews(state: RunState): number {
  return (state.glass ?? []).filter(
    ({ reviewId }) => stepState(state, reviewId).status !== 'completed',
  ).length;
}

/** The tasks in which skipped gates are reviewed. */
export function reviewSteps(
  state: Pick<RunState, 'glass'>,
  nameOf: (stepId: string) => string,
  order: number,
): IndexedStep[] {
  return (state.glass ?? []).map((glass, n) => {
    const step: ManualStep = {
      id: glass.reviewId,
      type: 'manual',
      name: `Review of the broken glass at ${nameOf(glass.stepId)}`,
      role: `${REVIEW_ROLE}${n}`,
      excludedOwners: [
        ...new Set((state.glass ?? []).slice(0, n + 1).map(({ by }) => by)),
      ],
      instructions: `**${glass.skips.join(', ')}** skipped: ${glass.reason}`,
      evidence: [
        {
          id: 'justified',
          name: 'Was it justified?',
          kind: 'choice',
          options: ['yes', 'no'],
          required: true,
        },
        {
          id: 'finding',
          name: 'What you found, and what follows from it',
          kind: 'text',
          multiline: true,
          required: true,
        },
      ],
    };
    return {
      step,
      order: order + n,
      depth: 0,
      list: [step],
      position: 0,
      review: true,
    };
  });
}
