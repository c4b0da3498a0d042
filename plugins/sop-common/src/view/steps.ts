import {
  EvidenceFieldView,
  Permit,
  RunRef,
  StepLock,
  StepView,
} from '../api/types';
import { childOf } from '../engine/children';
import { isClosed } from '../engine/evolve';
import { glassRefusal, skippableGates } from '../engine/glass';
import { expressionContext, stepState } from '../engine/context';
import {
  actRefusal,
  controlRefusal,
  HumanStep,
  isHumanStep,
  ownersOf,
  resolveExcluded,
  roleTitle,
} from '../engine/people';
import { IndexedStep, indexRun } from '../engine/specIndex';
import {
  Actor,
  OPEN_STEP_STATUSES,
  RunState,
  StepState,
} from '../engine/types';
import { escalationRefs } from '../engine/deadlines';
import { evaluateStepWindows } from '../engine/windows';
import { trainingRefusal } from '../engine/training';
import { tally } from '../engine/votes';
import { ExpressionContext, renderText } from '../expression';
import { ApprovalStep, EvidenceField, SopSpec, SopStep } from '../model/types';
import { describeTightening } from '../policy/describe';
import { tighteningOf } from '../policy/tightenStep';
import { reasonRule } from './asked';
import { explainStep } from './explain';
import { describeQuorum } from './quorum';

/** What a view of a run may know besides the run. @public */
export interface ViewFacts {
  /** Who looks; permits are this person's. */
  actor?: Actor;
  /** Why this caller may not vote at all, whatever the step; else nothing. */
  voteRefusal?: string;
  /** The same of taking over at a hand-over. */
  acceptRefusal?: string;
  /** When this person acknowledged the revision of the run, where that is asked. */
  acknowledgedAt?: string;
  /** Members of the groups of open approvals, to tell how many must approve. */
  members?: Record<string, string[]>;
  /** ISO instant: tells of open tasks whether their windows are open now. */
  now?: string;
  /** Runs above and below the run, by id. */
  related?: Map<string, RunRef>;
  /** Where steps that wait for a lock stand in its queue, by step id. */
  queues?: Map<string, Pick<StepLock, 'holder' | 'ahead'>>;
}

/** A yes, or a no with its reason. @public */
export function permit(refusal: string | undefined): Permit {
  return refusal ? { allowed: false, reason: refusal } : { allowed: true };
}

/**
 * Whether the person who looks may act on a task now.
 * @public
 */
export function actPermit(
  state: RunState,
  spec: SopSpec,
  stepId: string,
  facts: ViewFacts,
): Permit | undefined {
  if (!facts.actor) {
    return undefined;
  }
  const refusal = actRefusal(state, spec, stepId, facts.actor);
  const type = indexRun(state, spec).get(stepId)?.step.type;
  // What only people may decide: approvals, and actions in doubt.
  const isDecision = type === 'approval' || type === 'action';
  return permit(
    refusal ??
      (isDecision ? facts.voteRefusal : undefined) ??
      (type === 'handoff' ? facts.acceptRefusal : undefined) ??
      (type === 'tour' || type === 'action'
        ? undefined
        : trainingRefusal(state, spec, facts.actor, facts.acknowledgedAt)),
  );
}

/**
 * All steps in document order. Steps that undo others show once the run rolls
 * back.
 * @public
 */
export function describeSteps(
  state: RunState,
  spec: SopSpec,
  facts: ViewFacts,
): StepView[] {
  return [...indexRun(state, spec).values()]
    .filter(
      place =>
        !place.compensates ||
        state.steps[place.step.id] ||
        state.compensation?.queue.includes(place.compensates),
    )
    .map(place =>
      describeStep(place, {
        state,
        spec,
        facts,
        context: expressionContext(state, spec, place.step.id),
      }),
    );
}

interface Scene {
  state: RunState;
  spec: SopSpec;
  facts: ViewFacts;
  context: ExpressionContext;
}

function describeStep(place: IndexedStep, scene: Scene): StepView {
  const { step } = place;
  const { state, spec, facts, context } = scene;
  const current = stepState(state, step.id);
  const view: StepView = {
    id: step.id,
    type: step.type,
    name: step.name,
    status: current.status,
    version: current.version,
    attempt: current.attempt,
    depth: place.depth,
    parentId: place.parentId,
    branch: place.branch,
    compensates: place.compensates,
    instructions: render(step.instructions, context),
    startedAt: current.startedAt,
    endedAt: current.endedAt,
    dueAt: current.dueAt,
    actors: current.actors.length ? current.actors : undefined,
    comment: current.comment,
    output: current.output,
    error: current.error,
    blocks: current.blocked?.blocks ?? closedWindows(step, current, scene),
    windows: step.windows,
    policies: describePolicies(step),
    explanation: explainStep(state, spec, step.id, facts),
  };
  if (isHumanStep(step)) {
    Object.assign(view, describeHumanStep(step, current, scene));
  } else if (step.type === 'check' || step.type === 'action') {
    view.action = step.action;
    view.maxAge = step.type === 'check' ? step.maxAge : undefined;
  } else if (step.type === 'wait' && step.guard) {
    const { action, expect, every } = step.guard;
    view.guard = { action, expect, every, ...current.guard };
  } else if (step.type === 'listen') {
    view.topic = step.topic;
  } else if (step.type === 'run') {
    view.calls = step.sop;
    view.childRun = facts.related?.get(childOf(state, step.id)?.runId ?? '');
  }
  const gates = skippableGates(state, spec, step.id);
  if (gates.length > 0 && facts.actor && !isClosed(state.status)) {
    view.breakGlass = {
      ...permit(glassRefusal(state, spec, facts.actor) ?? facts.voteRefusal),
      gates,
    };
  }
  if (current.lock) {
    view.lock = { ...current.lock, ...facts.queues?.get(step.id) };
  }
  if (current.status === 'in-doubt') {
    view.potentialOwners = current.potentialOwners;
    view.excludedOwners = current.excludedOwners;
    view.act = actPermit(state, spec, step.id, facts);
  }
  view.reminders = describeReminders(step, current);
  if (current.status === 'failed' && facts.actor) {
    view.retry = permit(
      controlRefusal(state, spec, facts.actor, 'retry', step.id),
    );
  }
  return view;
}

/** What keeps the work of people from taking effect now. */
function closedWindows(
  step: SopStep,
  current: StepState,
  { state, spec, facts }: Scene,
): StepView['blocks'] {
  if (!facts.now || !['ready', 'reserved'].includes(current.status)) {
    return undefined;
  }
  try {
    const { blocks } = evaluateStepWindows(state, spec, step, {
      now: facts.now,
      begun: true,
    });
    return blocks.length ? blocks : undefined;
  } catch {
    // Its exception cannot be evaluated; the command will say so.
    return undefined;
  }
}

function describeReminders(
  step: SopStep,
  { reminders, status }: StepState,
): StepView['reminders'] {
  return OPEN_STEP_STATUSES.includes(status)
    ? reminders?.map(({ branch, nextAt, count }) => ({
        nextAt,
        count,
        branch:
          step.type === 'parallel' && branch !== undefined
            ? step.branches[branch].name ?? `Branch ${branch + 1}`
            : undefined,
      }))
    : undefined;
}

function describeDeadline(
  step: HumanStep,
  { deadline }: StepState,
): StepView['deadline'] {
  const { startWithin, completeWithin, calendar, onTimeout } =
    step.deadline ?? {};
  return (
    step.deadline && {
      startWithin,
      completeWithin,
      calendar,
      onTimeout,
      startBy: deadline?.startBy,
      completeBy: deadline?.completeBy,
      startPassed: deadline?.startPassed,
      completePassed: deadline?.completePassed,
      escalations: step.deadline.escalations?.map((one, index) => ({
        to: escalationRefs(one),
        action: one.action ?? 'notify',
        after: one.after,
        at: deadline?.escalations[index]?.at,
        done: deadline?.escalations[index]?.done,
      })),
    }
  );
}

/** What policies add to a step, for people. */
function describePolicies(step: SopStep): StepView['policies'] {
  return tighteningOf(step)?.policies.map(policy => ({
    ref: policy.ref,
    hash: policy.hash,
    title: policy.title,
    owner: policy.spec.owner,
    demands: describeTightening(policy, step),
  }));
}

function render(
  text: string | undefined,
  context: ExpressionContext,
): string | undefined {
  return text === undefined ? undefined : renderText(text, context);
}

function describeHumanStep(
  step: HumanStep,
  current: StepState,
  { state, spec, facts, context }: Scene,
): Partial<StepView> {
  const open = current.status === 'ready' || current.status === 'reserved';
  const view: Partial<StepView> = {
    role: step.role,
    roleTitle: roleTitle(spec, step.role),
    potentialOwners: open
      ? current.potentialOwners
      : ownersOf(state, spec, step),
    excludedOwners: resolveExcluded(state, step),
    claimedBy: current.claimedBy,
    deadline: describeDeadline(step, current),
    act: open ? actPermit(state, spec, step.id, facts) : undefined,
  };
  if (step.type === 'manual') {
    view.evidenceFields = step.evidence?.map(field =>
      describeField(field, context),
    );
    view.evidence = current.evidence;
  } else if (step.type === 'tour') {
    view.tour = step.tour;
  } else {
    view.question = render(step.question, context);
  }
  if (step.type === 'approval') {
    Object.assign(
      view,
      describeApproval(step, current, { state, spec, facts }),
    );
  }
  return view;
}

function describeField(
  field: EvidenceField,
  context: ExpressionContext,
): EvidenceFieldView {
  return {
    ...field,
    name: render(field.name, context),
    description: render(field.description, context),
  };
}

function describeApproval(
  step: ApprovalStep,
  current: StepState,
  { state, spec, facts }: Omit<Scene, 'context'>,
): Partial<StepView> {
  const { members } = facts;
  const count = members
    ? tally(state, step, current.votes ?? [], { spec, members })
    : undefined;
  const eligible = count?.eligible.length ?? 0;
  const required = eligible > 0 ? count?.required : current.required;
  return {
    votes: current.votes,
    required:
      required ??
      (typeof step.quorum === 'number'
        ? Math.max(step.quorum, tighteningOf(step)?.minQuorum ?? 1)
        : undefined),
    quorum: describeQuorum(
      step,
      eligible > 0 && required ? { required, eligible } : undefined,
    ),
    reasonRule: reasonRule(state, spec, step.id),
  };
}
