import { AuthService } from '@backstage/backend-plugin-api';
import {
  Actor,
  AnyRunEvent,
  describeEvent,
  describeHeadline,
  describeRun,
  describeTask,
  indexRun,
  isClosed,
  isTrainingRequired,
  lockRequests,
  resolveExcluded,
  ownersOf,
  RunRef,
  RunState,
  RunSummary,
  RunView,
  SopSpec,
  stepState,
  TaskItem,
  TimelineEntry,
  ViewFacts,
} from '@handrail/plugin-sop-common';
import { DocumentControl } from '../control/DocumentControl';
import { RunRow, RunStore, TaskRow } from '../database/RunStore';
import { Directory } from './Directory';
import { Policies } from './Policies';
import { groupLocks, placeInQueue } from './locks';
import { CallOptions } from './SopRunService';
import { Decision, decisionRefusal, viaOf } from './voting';

/** How many events the timeline of a run page has. */
const TIMELINE_LENGTH = 100;
/** How far a queue is looked through for the place of a step. */
const QUEUE_LENGTH = 1000;

/** Shows runs and tasks as one caller sees them. */
export class RunViews {
  readonly #auth: AuthService;
  readonly #directory: Directory;
  readonly #policies: Policies;
  readonly #store: RunStore;
  readonly #requireInteractive: boolean;
  readonly #control: Pick<DocumentControl, 'acknowledgedAt'>;

  constructor(options: {
    control: Pick<DocumentControl, 'acknowledgedAt'>;
    auth: AuthService;
    directory: Directory;
    policies: Policies;
    store: RunStore;
    requireInteractive: boolean;
  }) {
    this.#auth = options.auth;
    this.#control = options.control;
    this.#directory = options.directory;
    this.#policies = options.policies;
    this.#store = options.store;
    this.#requireInteractive = options.requireInteractive;
  }

  /** Why the caller may not decide at all. */
  decisionRefusal(decision: Decision, caller: CallOptions): string | undefined {
    return decisionRefusal(decision, caller, {
      auth: this.#auth,
      requireInteractive: this.#requireInteractive,
    });
  }

  /** Who acts, and through whom. @throws NotAllowedError */
  async actorOf(caller: CallOptions): Promise<Actor> {
    const via = viaOf(caller, {
      auth: this.#auth,
      requireInteractive: this.#requireInteractive,
    });
    const actor = await this.#directory.actorOf(caller.credentials);
    return via ? { ...actor, via } : actor;
  }

  async run(
    state: RunState,
    spec: SopSpec,
    caller: CallOptions,
  ): Promise<RunView> {
    const effective = await this.#policies.effectiveSpec(state, spec);
    const [revision, facts, members, timeline, related, queues] =
      await Promise.all([
        this.#store.getRevision(state.revisionHash),
        this.#facts(caller),
        this.#directory.membersOf(electorateRefs(state, effective)),
        this.#timeline(state, spec),
        this.#related(state),
        this.#queues(state),
      ]);
    const acknowledgedAt = await this.#acknowledgedAt(state, spec, facts);
    return describeRun(state, effective, {
      ...{ ...facts, acknowledgedAt, members, revision, timeline },
      ...{ related, queues },
    });
  }

  /** Places in the queues of the locks that steps of a run wait for. */
  async #queues(state: RunState): Promise<ViewFacts['queues']> {
    const requests = lockRequests(state).filter(one => !one.acquiredAt);
    if (requests.length === 0) {
      return undefined;
    }
    const keys = [...new Set(requests.map(({ key }) => key))];
    const locks = groupLocks(
      await this.#store.listLocks({ keys, limit: QUEUE_LENGTH }),
    );
    return new Map(
      requests.map(({ key, stepId }) => [
        stepId,
        placeInQueue(locks, { key, runId: state.runId, stepId }),
      ]),
    );
  }

  /** The runs above and below a run, by id. */
  async #related(state: RunState): Promise<Map<string, RunRef>> {
    const ids = [
      ...(state.parent ? [state.parent.runId] : []),
      ...Object.values(state.children ?? {}).flatMap(one => one.runId ?? []),
    ];
    const rows = await this.#store.findRuns(ids);
    return new Map(
      [...rows].map(([runId, row]) => {
        const { sopRef, title, status } = row;
        const headline = describeHeadline(row);
        return [runId, { runId, sopRef, title, status, headline }];
      }),
    );
  }

  /** Who belongs to the groups that decide about the open approvals. */
  async members(
    state: RunState,
    spec: SopSpec,
  ): Promise<Record<string, string[]>> {
    const effective = await this.#policies.effectiveSpec(state, spec);
    return this.#directory.membersOf(electorateRefs(state, effective));
  }

  summary(row: RunRow): RunSummary {
    const { runId, sopRef, sopTitle, title, mode, status, targetRef } = row;
    const { initiator, startedAt, updatedAt, closedAt } = row;
    const { done, total, waiting, glass } = row;
    return {
      ...{ runId, sopRef, sopTitle, title, mode, status, targetRef },
      ...{
        initiator,
        startedAt,
        updatedAt,
        closedAt,
        done,
        total,
        waiting,
        glass,
      },
      headline: describeHeadline(row),
    };
  }

  /** Tasks with their questions; each run is read once. */
  async tasks(rows: TaskRow[], caller: CallOptions): Promise<TaskItem[]> {
    const facts = await this.#facts(caller);
    const runIds = [...new Set(rows.map(row => row.runId))];
    const runs = new Map(
      await Promise.all(
        runIds.map(async runId => {
          const { state, spec } = await this.#store.load(runId);
          const effective = await this.#policies.effectiveSpec(state, spec);
          return [runId, { state, spec: effective }] as const;
        }),
      ),
    );
    const trained = new Map(
      await Promise.all(
        [...runs].map(
          async ([runId, { state, spec }]) =>
            [runId, await this.#acknowledgedAt(state, spec, facts)] as const,
        ),
      ),
    );
    return rows.flatMap(({ runStatus: _, ...task }) => {
      const run = runs.get(task.runId);
      const acknowledgedAt = trained.get(task.runId);
      return run
        ? [
            describeTask(task, run.state, run.spec, {
              ...facts,
              acknowledgedAt,
            }),
          ]
        : [];
    });
  }

  /** What happened to a step after a version of it, oldest first. */
  async changes(
    runId: string,
    stepId: string,
    version: number,
  ): Promise<TimelineEntry[]> {
    const { spec } = await this.#store.load(runId);
    const { items } = await this.#store.readJournal(runId, {
      after: Math.max(0, version),
      limit: 1000,
    });
    return items
      .map(item => describeEvent(item as unknown as AnyRunEvent, spec))
      .filter(entry => !entry.stepId || entry.stepId === stepId);
  }

  async #facts(caller: CallOptions): Promise<ViewFacts> {
    return {
      actor: await this.#directory.actorOf(caller.credentials),
      voteRefusal: this.decisionRefusal('vote', caller),
      acceptRefusal: this.decisionRefusal('accept', caller),
      now: this.#store.now(),
    };
  }

  /** Asked only where the procedure asks for it. */
  async #acknowledgedAt(
    state: RunState,
    spec: SopSpec,
    { actor }: ViewFacts,
  ): Promise<string | undefined> {
    return actor && isTrainingRequired(state, spec)
      ? this.#control.acknowledgedAt(
          state.sopRef,
          state.revisionHash,
          actor.ref,
        )
      : undefined;
  }

  async #timeline(state: RunState, spec: SopSpec): Promise<TimelineEntry[]> {
    const { items } = await this.#store.readJournal(state.runId, {
      after: Math.max(0, state.seq - TIMELINE_LENGTH),
      limit: TIMELINE_LENGTH,
    });
    return items
      .map(item => describeEvent(item as unknown as AnyRunEvent, spec))
      .reverse();
  }
}

/** Groups and people that decide who may vote in the approvals that are open. */
function electorateRefs(state: RunState, spec: SopSpec): string[] {
  if (isClosed(state.status)) {
    return [];
  }
  return [...indexRun(state, spec).values()].flatMap(({ step }) => {
    const { status } = stepState(state, step.id);
    return step.type === 'approval' &&
      (status === 'ready' || status === 'reserved')
      ? [...ownersOf(state, spec, step), ...resolveExcluded(state, step)]
      : [];
  });
}
