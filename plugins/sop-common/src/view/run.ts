import { JsonObject } from '@backstage/types';
import { RunSummary, RunView, TaskItem, TimelineEntry } from '../api/types';
import { controlRefusal, roleTitle } from '../engine/people';
import { progress, waitingFor } from '../engine/queries';
import { indexSpec } from '../engine/specIndex';
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
    steps: describeSteps(state, spec, facts),
    timeline,
    permits: {
      cancel: control('cancel'),
      compensate: control('compensate'),
      fail: control('fail'),
    },
  };
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
  const step = indexSpec(spec).get(task.stepId)?.step;
  return {
    ...task,
    mode: state.mode,
    asked: describeAsked(state, spec, task.stepId),
    act: task.doneAt ? undefined : actPermit(state, spec, task.stepId, facts),
    reasonRule: reasonRule(spec, task.stepId),
    tour: step?.type === 'tour' ? step.tour : undefined,
    hasEvidence: step?.type === 'manual' && Boolean(step.evidence?.length),
  };
}
