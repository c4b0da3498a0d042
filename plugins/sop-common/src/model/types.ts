import { Entity } from '@backstage/catalog-model';
import type { BusinessCalendar, CalendarWindow } from '@handrail/calendar';
import { JsonObject, JsonValue } from '@backstage/types';
import { JSONSchema7 } from 'json-schema';

/** The `apiVersion` of the kinds that Handrail defines. @public */
export const SOP_API_VERSION = 'handrail.dev/v1alpha1';

/** A standard operating procedure as registered in the catalog. @public */
export interface SopEntity extends Entity {
  apiVersion: typeof SOP_API_VERSION;
  kind: 'SOP';
  spec: SopSpec & JsonObject;
}

/** Where a procedure stands in its document control. @public */
export type SopLifecycle =
  | 'draft'
  | 'in-review'
  | 'effective'
  | 'superseded'
  | 'retired';

/**
 * The procedure itself. Pure data: a run pins `sha256(JCS(spec))`.
 * @public
 */
export interface SopSpec {
  /** Free classification, for example `release` or `data-change`. */
  type: string;
  /** Entity ref of the owning group or user. */
  owner: string;
  lifecycle: SopLifecycle;
  /** Entity ref of the system this procedure belongs to. */
  system?: string;
  /** Document control data. */
  document?: SopDocument;
  /** Backstage filter predicate: the entities this procedure governs. */
  appliesTo?: JsonValue;
  /** How often each governed entity must have it. */
  compliance?: SopCompliance;
  /** JSON Schema (draft 7) of the inputs asked for at start. */
  inputs?: JSONSchema7;
  /** Title of a run; `${{ }}` may refer to `inputs`, `target` and `run`. */
  runTitle?: string;
  /** When runs start by themselves. */
  schedule?: SopSchedule;
  roles?: Record<string, SopRole>;
  /** Stretches of time in which steps that name them may or may not happen. */
  windows?: SopWindow[];
  /** Working time for deadlines, by name. */
  calendars?: Record<string, BusinessCalendar>;
  steps: SopStep[];
  onFailure?: SopFailureRule;
  breakGlass?: BreakGlassRule;
}

/**
 * Who may skip a gate in an emergency, and who reviews that afterwards.
 * @public
 */
export interface BreakGlassRule {
  /**
   * Role of those who may, besides whoever started the run and the owners of
   * the procedure.
   */
  role?: string;
  /** Role of those who review it. Default: owner and approvers of the procedure. */
  reviewer?: string;
  /** ISO 8601 duration until the review has to be done. Default P2D. */
  reviewWithin?: string;
}

/**
 * What an entity that the procedure governs owes: a completed run at least every
 * so often. Rehearsals do not count.
 * @public
 */
export interface SopCompliance {
  /** ISO 8601 duration from the end of one run to the end of the next. */
  every: string;
}

/** Document control of a procedure (ISO 9001 7.5, 21 CFR 11.10(k)). @public */
export interface SopDocument {
  number: string;
  revision: string;
  /** ISO date from which the revision is in force. */
  effectiveFrom?: string;
  /** ISO 8601 duration between reviews. */
  reviewEvery?: string;
  /** Entity refs of those who sign a revision. */
  approvers?: string[];
  /**
   * `required`: who has not read and acknowledged the revision may not work on
   * its tasks. `none` when absent.
   */
  training?: 'required' | 'none';
  /** Control references such as `soc2:CC8.1`. */
  controls?: string[];
  /** Where the content came from. */
  source?: string;
}

/**
 * When runs start by themselves: one run per occurrence and target.
 * @public
 */
export interface SopSchedule {
  /** The value of an RFC 5545 RRULE, for example `FREQ=DAILY;BYHOUR=6`. */
  rrule: string;
  /** IANA zone whose clock the rule is about. */
  timezone: string;
  /** Local time without offset from which the rule counts. */
  dtstart?: string;
  /** Local times and days that are left out. */
  exdate?: string[];
  /**
   * What happens while the run before, on the same target, is still open:
   * `skip` (default) leaves the occurrence out, `queue` starts it when that run
   * is closed and lets one wait, `allow` starts it at once.
   */
  overlap?: 'skip' | 'queue' | 'allow';
  /**
   * ISO 8601 duration for which an occurrence that could not start in time is
   * still started; later it is missed. Default PT1H.
   */
  catchUp?: string;
  /**
   * Which entities runs are about: a filter predicate, or entity refs. Default:
   * every entity that `appliesTo` selects; without that, one run about none.
   */
  targets?: JsonValue;
  /** Inputs of each run. */
  inputs?: JsonObject;
}

/** How long a late occurrence is started, when the schedule does not say. @public */
export const DEFAULT_CATCH_UP = 'PT1H';

/** Most targets of one occurrence. @public */
export const MAX_SCHEDULE_TARGETS = 10_000;

/** A role of the procedure; WS-HumanTask `potentialOwners`. @public */
export interface SopRole {
  title?: string;
  description?: string;
  /** Users and groups (entity refs) who may act in this role. */
  potentialOwners: string[];
  /**
   * One of them at a time instead of all: the length of a turn, or the whole
   * rotation. Whose turn it is when the run starts has the role to its end.
   */
  rotate?: string | SopRotation;
}

/** Whose turn it is: the members of the role in the order of their refs. @public */
export interface SopRotation {
  /** ISO 8601 duration with one unit, at least PT4H. */
  every: string;
  /** Local time at which a turn of the first begins. Default 1970-01-05T00:00, a Monday. */
  from?: string;
  /** IANA zone. Default Etc/UTC. */
  timezone?: string;
}

/**
 * A window that steps name; the sync windows of Argo CD. A deny window that holds
 * closes; where there are allow windows, one must hold.
 * @public
 */
export interface SopWindow extends CalendarWindow {
  name: string;
  /** CEL over `inputs`, `target` and `run`; while true the window does not count. */
  unless?: string;
}

/** What happens when a step fails. @public */
export interface SopFailureRule {
  /**
   * `reverse` starts the compensations of completed steps at once, in reverse
   * order of completion; `none` (default) holds the run for a person.
   */
  compensate: 'reverse' | 'none';
}

/**
 * Role names that every procedure has: the person who started the run, the
 * owner (`spec.owner`) of the entity the run is about, and that entity itself
 * where it is a user or a group; without an entity, the person who started.
 * @public
 */
export const BUILT_IN_ROLES = ['initiator', 'target-owner', 'target'] as const;

/** @public */
export type SopStep =
  | ManualStep
  | ApprovalStep
  | HandoffStep
  | WaitStep
  | CheckStep
  | ActionStep
  | ParallelStep
  | SwitchStep
  | ListenStep
  | ForEachStep
  | RunStep
  | TourStep;

/** @public */
export type SopStepType = SopStep['type'];

/** @public */
export interface StepBase {
  /** Unique in the procedure, branches included. */
  id: string;
  name: string;
  /** CEL; the step is skipped when it is false. */
  if?: string;
  /** Markdown. `${{ }}` is filled in when the step is shown. */
  instructions?: string;
  /** What kind of step it is, in lower-case words, for lists and policies. */
  tags?: string[];
  /** Names of `spec.windows` in which alone it may begin and take effect. */
  windows?: string[];
  /**
   * Key of a lock that one step of all runs has at a time, from when it begins
   * until it ends; `${{ }}` allowed. Others wait in the order in which they came.
   */
  lock?: string;
  /** Undoes this step when the run is rolled back. */
  compensation?: SopCompensation;
}

/** Fields of steps that wait for people. @public */
export interface HumanStepBase extends StepBase {
  /** A key of `spec.roles` or one of {@link BUILT_IN_ROLES}. */
  role: string;
  /**
   * Who may not act although the role would allow it: `initiator`,
   * `actor:<stepId>` or an entity ref.
   */
  excludedOwners?: string[];
  /** By when somebody must have begun and ended it (WS-HumanTask deadlines). */
  deadline?: SopDeadline;
  /** ISO 8601 duration between reminders of those it waits for. */
  every?: string;
}

/**
 * Deadlines of a task. All times count from its begin; passing one is recorded
 * and changes nothing else, except for `onTimeout`.
 * @public
 */
export interface SopDeadline {
  /** ISO 8601 duration within which somebody claims it or votes. */
  startWithin?: string;
  /** ISO 8601 duration within which it is done. */
  completeWithin?: string;
  /** Name of one of `spec.calendars`: only its working time counts. */
  calendar?: string;
  escalations?: SopEscalation[];
  /**
   * What happens when `completeWithin` has passed. `fail`: the step fails.
   * `reject`: an approval counts as rejected. `return`: a hand-over counts as
   * returned. Default `none`.
   */
  onTimeout?: 'fail' | 'reject' | 'return' | 'none';
}

/** @public */
export interface SopEscalation {
  /** ISO 8601 duration after the begin of the task. */
  after: string;
  /** Users and groups (entity refs) it goes to. */
  to: string | string[];
  /**
   * `notify` (default) tells them (WS-HumanTask notification). `widen` also lets
   * them do the task, beside its owners, who keep it.
   */
  action?: 'notify' | 'widen';
  /** Not when somebody has claimed it or voted by then. */
  unlessStarted?: boolean;
}

/** Work done by a person who leaves evidence (BPMN user task). @public */
export interface ManualStep extends HumanStepBase {
  type: 'manual';
  evidence?: EvidenceField[];
  /** Conditions over `evidence.*` and `steps.*` that must hold to complete. */
  assert?: EvidenceAssertion[];
}

/** @public */
export interface EvidenceAssertion {
  /** CEL. */
  that: string;
  /** Shown when it does not hold. `${{ }}` allowed. */
  message: string;
}

/** @public */
export type EvidenceKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'url'
  | 'choice'
  | 'entity';

/** One typed piece of evidence. @public */
export interface EvidenceField {
  id: string;
  name?: string;
  description?: string;
  kind: EvidenceKind;
  required?: boolean;
  /** text: regular expression the whole value must match. */
  pattern?: string;
  /** text: several lines, for example a script or its output. */
  multiline?: boolean;
  /** text: greatest number of characters (default 10000, at most 65536). */
  maxLength?: number;
  /** number: whole numbers only. */
  integer?: boolean;
  minimum?: number;
  maximum?: number;
  /** number: printed behind the value. */
  unit?: string;
  /** boolean: the value must be true (an attestation). */
  mustBeTrue?: boolean;
  /** choice: the allowed values. */
  options?: string[];
}

/** A decision by people other than those who did the work. @public */
export interface ApprovalStep extends HumanStepBase {
  type: 'approval';
  /** The question put to the approver. `${{ }}` allowed. */
  question?: string;
  /** How many must approve. Default 1. */
  quorum?: number | 'all' | 'majority';
  /** One rejection ends the step (default true); else only an impossible quorum. */
  veto?: boolean;
  /** When a reason must be given. Default `always`. */
  reason?: 'always' | 'on-reject' | 'optional';
  onReject?: ReturnRule;
}

/** Passing responsibility to a role that must accept it. @public */
export interface HandoffStep extends HumanStepBase {
  type: 'handoff';
  /** What the receiver takes over. `${{ }}` allowed. */
  question?: string;
  onReturn?: ReturnRule;
}

/** Goes back to an earlier step of the same list instead of failing. @public */
export interface ReturnRule {
  returnTo: string;
}

/** Waits for a duration, an instant, or a time of day. Exactly one of them. @public */
export interface WaitStep extends StepBase {
  type: 'wait';
  /** ISO 8601 duration. */
  duration?: string;
  /** ISO 8601 instant; `${{ }}` allowed. */
  until?: string;
  /** The next `HH:mm` in `timezone` (default UTC). */
  untilTime?: string;
  /** IANA zone of `untilTime`. */
  timezone?: string;
  /** Must hold all the time; the step fails at once when it does not. */
  guard?: SopGuard;
}

/** A measurement that is repeated while a step waits. @public */
export interface SopGuard {
  /** Id of a registered action that is read-only or idempotent. */
  action: string;
  /** `${{ }}` allowed in every string. */
  input?: JsonObject;
  /** CEL over `output`; must be true. */
  expect: string;
  /** Shown when it is not. `${{ }}` allowed. */
  message?: string;
  /** ISO 8601 duration between measurements. */
  every: string;
  /** ISO 8601 duration after which a measurement counts as failed. Default PT4M. */
  timeout?: string;
  /**
   * How often a measurement that cannot be made is made again before the step
   * fails: not knowing is no permission. Default two more, PT5S apart.
   */
  retry?: RetryRule;
}

/** Waits for something that happens elsewhere. @public */
export interface ListenStep extends StepBase {
  type: 'listen';
  /** What kind of event, such as `registry.confirmed`. */
  topic: string;
  /** Name of the only source that counts. Default: any that sends the topic. */
  source?: string;
  /** CEL over `event` and what the run knows: whether the event is this run's. */
  correlate: string;
  /**
   * ISO 8601 duration: an event that came at most this long before the step was
   * reached counts too, but none from before the run. Default PT15M, at most P1D.
   */
  lookback?: string;
  /** ISO 8601 duration after which the step fails. Default: it waits for ever. */
  timeout?: string;
}

/** @public */
export interface RetryRule {
  /** Further attempts after the first. */
  limit: number;
  /** ISO 8601 duration before an attempt; doubled each time. Default PT5S. */
  backoff?: string;
}

/** @public */
export interface AutomatedStepBase extends StepBase {
  /** Id of a registered Backstage action, `<pluginId>:<name>`. */
  action: string;
  /** Input of the action; `${{ }}` allowed in every string. */
  input?: JsonObject;
  /** ISO 8601 duration after which the attempt counts as failed. Default PT4M. */
  timeout?: string;
  retry?: RetryRule;
}

/** A read-only measurement that must satisfy `expect`. @public */
export interface CheckStep extends AutomatedStepBase {
  type: 'check';
  /** CEL over `output`; must be true. */
  expect: string;
  /** Shown when it is not. `${{ }}` allowed. */
  message?: string;
  /**
   * ISO 8601 duration. When the step that follows, checks and waits left out, is
   * about to begin (an approval: about to be granted) and the result is older
   * than this, it is measured again first.
   */
  maxAge?: string;
}

/** Automation through the Actions registry. @public */
export interface ActionStep extends AutomatedStepBase {
  type: 'action';
  /** Who finds out whether it happened when nobody knows. */
  inDoubt?: InDoubtRule;
}

/**
 * Who answers for an action whose outcome is unknown. Without it those who own
 * the procedure.
 * @public
 */
export interface InDoubtRule {
  /** A key of `spec.roles` or one of {@link BUILT_IN_ROLES}. */
  role: string;
  /** As {@link HumanStepBase.excludedOwners}. */
  excludedOwners?: string[];
}

/** @public */
export interface ParallelStep extends StepBase {
  type: 'parallel';
  branches: ParallelBranch[];
  /** Default `all`. `any` and `atLeast` cancel what is still open. */
  join?: 'all' | 'any' | { atLeast: number };
}

/** @public */
export interface ParallelBranch {
  name?: string;
  /** ISO 8601 duration between reminders until the branch is done. */
  every?: string;
  steps: SopStep[];
}

/** The first case whose condition holds. No match and no default: failure. @public */
export interface SwitchStep extends StepBase {
  type: 'switch';
  cases: SwitchCase[];
  default?: { name?: string; steps: SopStep[] };
}

/** @public */
export interface SwitchCase {
  name?: string;
  /** CEL. */
  if: string;
  steps: SopStep[];
}

/**
 * The same steps for every item of a list, side by side. The list is taken when
 * the step begins and does not change any more.
 * @public
 */
export interface ForEachStep extends StepBase {
  type: 'forEach';
  /** CEL that gives a list. */
  in: string;
  /** Variable that holds the item in the expressions of `steps`. */
  as: string;
  /** What an item is called. `${{ }}` allowed. Default: the item, or its number. */
  label?: string;
  /**
   * Entity refs of the users and groups that {@link ITEM_OWNER_ROLE} stands for.
   * `${{ }}` allowed; gives one ref or a list of them.
   */
  owners?: string;
  steps: SopStep[];
  /** How many items are worked on at the same time. Default all. */
  maxParallel?: number;
  /** As with {@link ParallelStep.join}, over the items. */
  join?: ParallelStep['join'];
}

/** Role, inside a `forEach` step with `owners`, of those who own the item. @public */
export const ITEM_OWNER_ROLE = 'item-owner';

/**
 * A sub-procedure: another procedure is run, and the step ends as that run does.
 * @public
 */
export interface RunStep extends StepBase {
  type: 'run';
  /** Entity ref of the procedure, in full and in lower case. */
  sop: string;
  /**
   * `effective` (default): the revision in force when the outermost run starts.
   * `pinned`: the one that `revisionHash` names, whatever is in force.
   */
  revision?: 'effective' | 'pinned';
  /** Hash of the revision; with `pinned` only. */
  revisionHash?: string;
  /** Inputs of the run; `${{ }}` allowed in every string. */
  inputs?: JsonObject;
  /** Entity ref of what it is about; `${{ }}` allowed. Default: as this run. */
  target?: string;
}

/**
 * A guided tour that somebody takes. It ends when the onboarding back end
 * reports that a person with the role has finished the tour, at any version.
 * @public
 */
export interface TourStep extends HumanStepBase {
  type: 'tour';
  /** Entity ref of the tour, in full and in lower case. */
  tour: string;
}

/** @public */
export type SopCompensation =
  | {
      type: 'manual';
      name: string;
      role: string;
      instructions?: string;
      evidence?: EvidenceField[];
    }
  | {
      type: 'action';
      name: string;
      action: string;
      input?: JsonObject;
      timeout?: string;
      retry?: RetryRule;
    };
