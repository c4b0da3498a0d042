import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { evaluateCondition, renderText } from '../expression';
import { ApprovalStep, ManualStep } from '../model/types';
import { describeBlocks } from './describeBlocks';
import {
  assertFresh,
  requiredReason,
  TaskCommand,
  text,
  withProblems,
} from './commandChecks';
import { control, retry } from './controlCommands';
import { resolveDoubt } from './doubt';
import { checkEvidence } from './evidence';
import { isClosed } from './evolve';
import { deferApproval } from './freshness';
import { breakGlass } from './glass';
import {
  actRefusal,
  HumanStep,
  isHumanStep,
  ownerBasis,
  ownersOf,
  ownsProcedure,
  rightBasis,
  rightRefusal,
  shortName,
} from './people';
import { Recorder } from './Recorder';
import { sendBack } from './sendBack';
import { assertTrained, trainingOf } from './training';
import { Actor, HumanCommand } from './types';
import { tally } from './votes';
import { assertWindowsOpen, bypassedWindows } from './windows';

/** Runs the command of a person. Everything is refused before anything is emitted. */
export function handleHuman(
  recorder: Recorder,
  command: HumanCommand,
  actor: Actor,
): void {
  const isReview =
    'stepId' in command && recorder.index.get(command.stepId)?.review;
  if (isClosed(recorder.state.status) && !isReview) {
    throw new ConflictError(
      `The run is over (${recorder.state.status}); nothing can be done in it any more`,
    );
  }
  switch (command.type) {
    case 'cancel':
    case 'compensate':
    case 'fail':
      control(recorder, command, actor);
      return;
    case 'retry':
      retry(recorder, command, actor);
      return;
    case 'break-glass':
      breakGlass(recorder, command, actor);
      return;
    case 'resolve-doubt':
      resolveDoubt(recorder, command, actor);
      return;
    default:
      task(recorder, command, actor);
  }
}

function task(
  recorder: Recorder,
  command: Exclude<
    TaskCommand,
    { type: 'retry' | 'resolve-doubt' | 'break-glass' }
  >,
  actor: Actor,
): void {
  const { stepId } = command;
  const step = recorder.index.get(stepId)?.step;
  if (!step) {
    throw new NotFoundError(`The procedure has no step "${stepId}"`);
  }
  if (!isHumanStep(step)) {
    throw new InputError(
      `"${stepId}" is a ${step.type} step; it waits for nobody`,
    );
  }
  const { status, blocked } = recorder.step(stepId);
  const open = status === 'ready' || status === 'reserved';
  const noRight = rightRefusal(
    recorder.state,
    recorder.facts.spec,
    step,
    actor,
  );
  if (noRight && open && command.type !== 'release') {
    throw new NotAllowedError(noRight);
  }
  if (open && command.type !== 'release') {
    assertTrained(recorder, actor);
  }
  assertFresh(recorder, command);
  if (blocked) {
    throw new ConflictError(`${describeBlocks(blocked.blocks)}.`);
  }
  if (!open) {
    throw new ConflictError(`"${step.name}" is ${status}; it takes no command`);
  }
  if (command.type === 'release') {
    release(recorder, step, actor);
    return;
  }
  const refusal = actRefusal(
    recorder.state,
    recorder.facts.spec,
    stepId,
    actor,
  );
  if (refusal) {
    throw new ConflictError(refusal);
  }
  const owners = ownersOf(recorder.state, recorder.facts.spec, step);
  act(recorder, command, step, rightBasis(owners, actor));
}

function release(recorder: Recorder, step: HumanStep, actor: Actor): void {
  const { claimedBy } = recorder.step(step.id);
  if (!claimedBy) {
    throw new ConflictError(`Nobody has claimed "${step.name}"`);
  }
  // The owners may, so that a claim does not outlast a holiday.
  if (claimedBy !== actor.ref && !ownsProcedure(recorder.facts.spec, actor)) {
    throw new NotAllowedError(
      `Only ${shortName(
        claimedBy,
      )}, who claimed it, or the owners of the procedure may release this task.`,
    );
  }
  const basis =
    claimedBy === actor.ref
      ? actor.ref
      : ownerBasis(recorder.facts.spec, actor);
  recorder.emit('task.released', { stepId: step.id, basis }, { byActor: true });
}

function act(
  recorder: Recorder,
  command: Exclude<
    TaskCommand,
    { type: 'retry' | 'resolve-doubt' | 'break-glass' | 'release' }
  >,
  step: HumanStep,
  basis: string | undefined,
): void {
  const stepId = step.id;
  const byActor = { byActor: true };
  const expect = (type: HumanStep['type']) => {
    if (step.type !== type) {
      throw new InputError(
        `"${step.name}" is a ${step.type} step; it takes no "${command.type}"`,
      );
    }
  };
  switch (command.type) {
    case 'claim':
      if (step.type === 'approval') {
        throw new InputError(
          'An approval is not claimed; everybody eligible may vote',
        );
      }
      if (step.type === 'tour') {
        throw new InputError('A tour is not claimed; take it to its end');
      }
      if (recorder.step(stepId).claimedBy) {
        throw new ConflictError('You have claimed this task already');
      }
      recorder.emit(
        'task.claimed',
        { stepId, basis, ...trainingOf(recorder) },
        byActor,
      );
      return;
    case 'report-failure': {
      if (step.type === 'approval') {
        throw new InputError('An approval is rejected, not reported as failed');
      }
      if (recorder.index.get(stepId)?.review) {
        throw new InputError('A review is completed, not reported as failed');
      }
      const message = requiredReason(command.reason);
      const error = { name: 'CannotBeDone', message };
      recorder.emit('step.failed', { stepId, basis, error }, byActor);
      return;
    }
    case 'complete':
      if (step.type === 'tour') {
        throw new InputError(
          `"${step.name}" is completed by taking the tour ${step.tour} to its end`,
        );
      }
      expect('manual');
      complete(recorder, command, step as ManualStep, basis);
      return;
    case 'vote':
      expect('approval');
      vote(recorder, command, step as ApprovalStep, basis ?? '');
      return;
    case 'accept':
      expect('handoff');
      assertWindowsOpen(recorder, step);
      recorder.emit(
        'step.completed',
        {
          stepId,
          basis,
          ...trainingOf(recorder),
          output: { decision: 'accepted' },
          comment: text(command.comment, 'comment') || undefined,
          bypassed: bypassedWindows(recorder, step, true),
        },
        byActor,
      );
      return;
    case 'return': {
      expect('handoff');
      const reason = requiredReason(command.reason);
      const rule = step.type === 'handoff' ? step.onReturn : undefined;
      sendBack(recorder, step, rule?.returnTo, {
        name: 'Returned',
        message: reason,
        basis,
      });
      return;
    }
    default:
      throw new InputError(
        `Unknown command "${(command as { type: string }).type}"`,
      );
  }
}

function complete(
  recorder: Recorder,
  command: Extract<HumanCommand, { type: 'complete' }>,
  step: ManualStep,
  basis: string | undefined,
): void {
  const evidence = Object.fromEntries(
    Object.entries(command.evidence ?? {}).filter(
      ([, value]) => value !== null && value !== '' && value !== undefined,
    ),
  );
  const problems = checkEvidence(step.evidence ?? [], evidence);
  if (problems.length > 0) {
    throw withProblems(
      `The evidence of "${step.name}" is not acceptable: ${problems
        .map(
          one => `${one.path}: ${one.message} (allowed: ${one.allowed ?? '–'})`,
        )
        .join('; ')}`,
      problems,
    );
  }
  assertWindowsOpen(recorder, step);
  const context = recorder.context(step.id, { evidence });
  const unmet = (step.assert ?? []).filter(
    assertion => !evaluateCondition(assertion.that, context),
  );
  if (unmet.length > 0) {
    // Authors fold long messages over lines; a sentence has none.
    const messages = unmet.map(one =>
      renderText(one.message, context).replace(/\s+/g, ' ').trim(),
    );
    throw withProblems(
      messages.join('; '),
      messages.map((message, i) => ({
        path: 'evidence',
        message,
        allowed: unmet[i].that,
      })),
    );
  }
  recorder.emit(
    'step.completed',
    {
      stepId: step.id,
      basis,
      ...trainingOf(recorder),
      evidence: Object.keys(evidence).length ? evidence : undefined,
      bypassed: bypassedWindows(recorder, step, true),
      comment: text(command.comment, 'comment') || undefined,
    },
    { byActor: true },
  );
}

function vote(
  recorder: Recorder,
  command: Extract<HumanCommand, { type: 'vote' }>,
  step: ApprovalStep,
  basis: string,
): void {
  if (command.decision !== 'approve' && command.decision !== 'reject') {
    throw new InputError(
      `decision: found "${command.decision}"; allowed: approve, reject`,
    );
  }
  const rule = step.reason ?? 'always';
  const needsReason =
    rule === 'always' ||
    (rule === 'on-reject' && command.decision === 'reject');
  const reason = needsReason
    ? requiredReason(command.reason)
    : text(command.reason, 'reason');
  const approves = command.decision === 'approve';
  if (approves) {
    assertWindowsOpen(recorder, step);
  }
  const stepId = step.id;
  const by = recorder.facts.actor?.ref ?? '';
  const { decision } = command;
  const votes = [
    ...(recorder.step(stepId).votes ?? []),
    { by, decision, at: recorder.facts.now },
  ];
  const count = tally(recorder.state, step, votes, recorder.facts);
  recorder.emit(
    'vote.cast',
    {
      stepId,
      decision,
      reason: reason || undefined,
      basis,
      ...trainingOf(recorder),
      required: count.required,
      eligible: count.eligible.length,
      bypassed: approves ? bypassedWindows(recorder, step, true) : undefined,
    },
    { byActor: true },
  );
  if (count.outcome === 'approved') {
    if (!deferApproval(recorder, step, count.approvals)) {
      recorder.emit('step.completed', {
        stepId,
        output: { decision: 'approved', approvals: count.approvals },
      });
    }
  } else if (count.outcome === 'rejected') {
    sendBack(recorder, step, step.onReject?.returnTo, {
      name: 'Rejected',
      message: reason || 'No reason was given',
    });
  }
}
