import { JsonObject } from '@backstage/types';
import {
  RunRef,
  RunSummary,
  RunView,
  TaskItem,
  TimelineEntry,
} from '../api/types';
import { stepState } from '../engine/context';
import { openReviews } from '../engine/glass';
import { controlRefusal, roleTitle } from '../engine/people';
import { progress, waitingFor } from '../engine/queries';
import { indexRun } from '../engine/specIndex';
import { isTrainingRequired } from '../engine/training';
import { RunState } from '../engine/types';
import { SopSpec } from '../model/types';
import { describeAsked, reasonRule } from './asked';
import { describeHeadline } from './headline';
import { actPermit, describeSteps, permit, ViewFacts } from './steps';

/** What the state of a run does not say about its procedure. @public */
export interface RevisionLabel {
  /** Title of the procedure. */
  title: string;
  number?: string;
  /** The document's revision label. */
  label?: string;
}

/** What a list shows of a run. @public */
export function summariseRun(
  state: RunState,
  spec: SopSpec,
  revision: Pick<RevisionLabel, 'title'>,
): RunSummary {
  const waiting = waitingFor(state, spec);
  const { status, closeReason } = state;
  return {
    runId: state.runId,
    sopRef: state.sopRef,
    sopTitle: revision.title,
    title: state.title,
    status,
    targetRef: state.target?.entityRef,
    initiator: state.initiator,
    mode: state.mode,
    startedAt: state.startedAt,
    updatedAt: state.updatedAt,
    closedAt: state.closedAt,
    ...progress(state, spec),
    glass: glassSummary(state),
    waiting,
    headline: describeHeadline({ status, waiting, closeReason }),
  };
}

/**
 * All the page of a run needs, as one person sees it.
 * @param options - `timeline`: entries of the latest events, newest first
 * @public
 */
export function describeRun(
  state: RunState,
  spec: SopSpec,
  options: ViewFacts & {
    revision: RevisionLabel;
    timeline: TimelineEntry[];
  },
): RunView {
  const { revision, timeline, ...facts } = options;
  const control = (command: 'cancel' | 'compensate' | 'fail') =>
    facts.actor
      ? permit(controlRefusal(state, spec, facts.actor, command))
      : permit('You are not signed in.');
  return {
    ...summariseRun(state, spec, revision),
    revisionHash: state.revisionHash,
    revision: revision.label,
    number: revision.number,
    sopType: spec.type,
    targetTitle: state.target?.title ?? state.target?.name,
    inputs: state.inputs,
    inputsSchema: spec.inputs as JsonObject | undefined,
    version: state.seq,
    closeReason: state.closeReason,
    acknowledgement: isTrainingRequired(state, spec)
      ? { acknowledgedAt: facts.acknowledgedAt }
      : undefined,
    roles: Object.entries(state.roles ?? {}).map(([role, turn]) => ({
      role,
      title: roleTitle(spec, role),
      ...turn,
    })),
    parent: parentRef(state, facts),
    brokenGlass: state.glass?.map(({ reviewers: _, ...glass }) => {
      const review = stepState(state, glass.reviewId);
      const done = review.status === 'completed';
      return {
        ...glass,
        stepName:
          indexRun(state, spec).get(glass.stepId)?.step.name ?? glass.stepId,
        reviewedAt: done ? review.endedAt : undefined,
        reviewedBy: done ? review.actors[review.actors.length - 1] : undefined,
      };
    }),
    steps: describeSteps(state, spec, facts),
    timeline,
    permits: {
      cancel: control('cancel'),
      compensate: control('compensate'),
      fail: control('fail'),
    },
  };
}

/** Nothing for a run whose gates were all passed. */
function glassSummary(state: RunState): RunSummary['glass'] {
  return state.glass
    ? { broken: state.glass.length, openReviews: openReviews(state) }
    : undefined;
}

/** The run that waits for this one, as far as it is known. */
function parentRef(state: RunState, facts: ViewFacts): RunRef | undefined {
  const { parent } = state;
  const run = parent && facts.related?.get(parent.runId);
  return run && { ...run, stepId: parent?.stepId };
}

/** What a list of tasks knows by itself. @public */
export type TaskSubject = Omit<
  TaskItem,
  'asked' | 'act' | 'mode' | 'reasonRule' | 'hasEvidence' | 'tour'
>;

/**
 * A task with its question and with whether the person who looks may act.
 * @public
 */
export function describeTask(
  task: TaskSubject,
  state: RunState,
  spec: SopSpec,
  facts: ViewFacts,
): TaskItem {
  const step = indexRun(state, spec).get(task.stepId)?.step;
  return {
    ...task,
    mode: state.mode,
    asked: describeAsked(state, spec, task.stepId),
    act: task.doneAt ? undefined : actPermit(state, spec, task.stepId, facts),
    reasonRule: reasonRule(state, spec, task.stepId),
    tour: step?.type === 'tour' ? step.tour : undefined,
    hasEvidence: step?.type === 'manual' && Boolean(step.evidence?.length),
  };
}
