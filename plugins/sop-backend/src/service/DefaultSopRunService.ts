import { randomUUID } from 'node:crypto';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { isError, NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  ACKNOWLEDGEMENT_REQUIRED,
  CommandBody,
  CommandRequest,
  decide,
  Facts,
  GoverningProcedure,
  HumanCommand,
  JournalEntry,
  JournalPage,
  ListRunsRequest,
  ListTasksRequest,
  Lock,
  permit,
  ProcedureProblem,
  RunPage,
  RunView,
  StartCommand,
  StartRunRequest,
  TaskCount,
  TaskPage,
  rotatingRefs,
  TOUR_REPORTER,
  validateSop,
  Verification,
} from '@handrail/plugin-sop-common';
import { DocumentControl } from '../control/DocumentControl';
import { LatestRun, RunStore } from '../database/RunStore';
import { readCommand, TourReport } from './commands';
import { Directory } from './Directory';
import { acceptInputs } from './inputs';
import { Policies } from './Policies';
import { groupLocks } from './locks';
import { GoverningSop, Procedures } from './Procedures';
import { RunCommitter } from './RunCommitter';
import { RunViews } from './RunViews';
import { CallOptions, SopRunService } from './SopRunService';
import { freezeProcedures } from './subProcedures';
import { Decision } from './voting';

/** Commands that only people send, each signed in as such. */
const DECISION_OF_COMMAND: Partial<Record<CommandBody['type'], Decision>> = {
  vote: 'vote',
  accept: 'accept',
  'resolve-doubt': 'resolve',
  'break-glass': 'break',
};

const JOURNAL_PAGE = 200;
/** Holders and waiting steps in one answer. */
const LOCKS_LIMIT = 1000;

/**
 * The rules of the API. What may happen inside a run is decided by the engine;
 * here the facts are gathered that it decides by. Knows no permissions:
 * see `AuthorizedSopRunService`.
 */
export class DefaultSopRunService implements SopRunService {
  readonly #store: RunStore;
  readonly #committer: RunCommitter;
  readonly #directory: Directory;
  readonly #policies: Policies;
  readonly #procedures: Procedures;
  readonly #control: DocumentControl;
  readonly #views: RunViews;

  constructor(options: {
    store: RunStore;
    committer: RunCommitter;
    directory: Directory;
    policies: Policies;
    procedures: Procedures;
    control: DocumentControl;
    views: RunViews;
  }) {
    this.#store = options.store;
    this.#committer = options.committer;
    this.#directory = options.directory;
    this.#policies = options.policies;
    this.#procedures = options.procedures;
    this.#control = options.control;
    this.#views = options.views;
  }

  async validateProcedure(request: {
    entity: Record<string, unknown>;
  }): Promise<ProcedureProblem[]> {
    return validateSop(request.entity);
  }

  async listProceduresForEntity(
    request: { entityRef: string },
    { credentials, visible }: CallOptions,
  ): Promise<GoverningProcedure[]> {
    const target = await this.#procedures.readTarget(
      'entityRef',
      request.entityRef,
      credentials,
    );
    const governing = (
      await this.#procedures.governing(target, credentials)
    ).filter(({ status }) => !['superseded', 'retired'].includes(status));
    const latest = new Map(
      (
        await this.#store.latestRuns(
          stringifyEntityRef(target),
          governing.map(({ sopRef }) => sopRef),
          visible?.runs,
        )
      ).map(one => [one.sopRef, one]),
    );
    return governing
      .map(one => this.#governing(one, latest.get(one.sopRef)))
      .sort((a, b) =>
        (a.number ?? a.title).localeCompare(b.number ?? b.title, 'en', {
          numeric: true,
        }),
      );
  }

  async startRun(
    request: StartRunRequest,
    caller: CallOptions,
  ): Promise<RunView> {
    const { credentials } = caller;
    const actor = caller.actor ?? (await this.#views.actorOf(caller));
    const { entity, ref: sopRef } = await this.#procedures.read(
      request.sopRef,
      credentials,
    );
    this.#procedures.assertValid(entity);
    const basis = await this.#control.startBasis(entity, request.mode);
    const { spec, title: sopTitle } = basis;
    this.#procedures.assertActionsAllowed(spec);
    const now = this.#store.now();
    const target = await this.#procedures.acceptTarget(
      spec,
      request.targetRef,
      credentials,
    );
    const inputs = acceptInputs(spec, (request.inputs ?? {}) as JsonObject);
    const frozen = await freezeProcedures(
      { sopRef, spec },
      {
        ...{ store: this.#store, control: this.#control },
        ...{ procedures: this.#procedures, mode: request.mode, credentials },
      },
    );
    const members = await this.#directory.membersOf(rotatingRefs(spec));
    const runId = randomUUID();
    const command: StartCommand = {
      type: 'start',
      runId,
      sopRef,
      revisionHash: basis.hash,
      ...(request.mode ? { mode: request.mode } : {}),
      control: basis.control,
      title: target ? `${sopTitle}: ${target.title ?? target.name}` : sopTitle,
      ...(target ? { target } : {}),
      inputs,
      ...(frozen ? { procedures: frozen } : {}),
    };
    const policies = await this.#policies.inForce({
      sopRef,
      targetRef: target?.entityRef,
    });
    const { state, spec: pinned } = await this.#committer.startRun({
      runId,
      startKey: `${actor.ref}/${request.commandId}`,
      commandId: request.commandId,
      sopRef,
      sopTitle,
      revisionHash: basis.hash,
      events: decide(undefined, command, {
        now,
        actor,
        spec,
        members,
        policies,
      }),
    });
    return this.#views.run(state, pinned, caller);
  }

  async executeCommand(
    request: CommandRequest & { runId: string },
    caller: CallOptions,
  ): Promise<RunView> {
    const { runId, commandId } = request;
    const command = readCommand(request.command);
    const actor = await this.#views.actorOf(caller);
    if (command.type === 'tour-finished') {
      return this.#finishTour(runId, commandId, command, actor.ref, caller);
    }
    let members: Facts['members'];
    const decision = DECISION_OF_COMMAND[command.type];
    if (decision) {
      const refusal = this.#views.decisionRefusal(decision, caller);
      if (refusal) {
        throw new NotAllowedError(refusal);
      }
    }
    if (command.type === 'vote') {
      const { state, spec } = await this.#store.load(runId);
      members = await this.#views.members(state, spec);
    }
    try {
      const { state, spec } = await this.#trained(
        runId,
        actor.ref,
        acknowledgedAt =>
          this.#committer.execute(
            runId,
            { commandId, actorRef: actor.ref },
            command,
            { actor, members, acknowledgedAt },
          ),
      );
      return await this.#views.run(state, spec, caller);
    } catch (error) {
      throw await this.#withChanges(error, runId, command);
    }
  }

  /**
   * Few procedures ask for training, so whether somebody acknowledged a
   * revision is looked up only when a command was refused for want of it.
   */
  async #trained<T>(
    runId: string,
    userRef: string,
    attempt: (acknowledgedAt?: string) => Promise<T>,
  ): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if ((error as { code?: string }).code !== ACKNOWLEDGEMENT_REQUIRED) {
        throw error;
      }
      const { state } = await this.#store.load(runId);
      const acknowledgedAt = await this.#control.acknowledgedAt(
        state.sopRef,
        state.revisionHash,
        userRef,
      );
      if (!acknowledgedAt) {
        throw error;
      }
      return attempt(acknowledgedAt);
    }
  }

  /** The person is looked up, as the report comes from a service. */
  async #finishTour(
    runId: string,
    commandId: string,
    { userRef, ...command }: TourReport,
    reporter: string,
    caller: CallOptions,
  ): Promise<RunView> {
    if (reporter !== TOUR_REPORTER) {
      throw new NotAllowedError(
        'Only the onboarding back end may report that a tour is finished. Take the tour; its end completes the step.',
      );
    }
    const actor = await this.#directory.personOf(userRef);
    const { state, spec } = await this.#committer.execute(
      runId,
      { commandId, actorRef: reporter },
      command,
      { actor, reporter },
    );
    return this.#views.run(state, spec, caller);
  }

  async getRun(
    request: { runId: string },
    caller: CallOptions,
  ): Promise<RunView> {
    const { state, spec } = await this.#store.load(request.runId);
    return this.#views.run(state, spec, caller);
  }

  async listRuns(
    request: ListRunsRequest,
    { visible }: CallOptions,
  ): Promise<RunPage> {
    const { limit, cursor, ...filter } = request;
    const page = await this.#store.listRuns(
      { ...filter, visible: visible?.runs },
      { limit, cursor },
    );
    return {
      items: page.items.map(row => this.#views.summary(row)),
      nextCursor: page.nextCursor,
    };
  }

  async getJournal(request: {
    runId: string;
    after?: number;
    limit?: number;
  }): Promise<JournalPage> {
    const { runId, after, limit } = request;
    const { genesis, items } = await this.#store.readJournal(runId, {
      after,
      limit: limit ?? JOURNAL_PAGE,
    });
    return { genesis, items: items as JournalEntry[] };
  }

  async verifyRun(request: { runId: string }): Promise<Verification> {
    return this.#store.verify(request.runId);
  }

  async listLocks(request: { key?: string }): Promise<Lock[]> {
    const { key } = request;
    return groupLocks(
      await this.#store.listLocks({
        keys: key === undefined ? undefined : [key],
        limit: LOCKS_LIMIT,
      }),
    );
  }

  async listTasks(
    request: ListTasksRequest,
    caller: CallOptions,
  ): Promise<TaskPage> {
    const { scope, limit, cursor } = request;
    const page = await this.#store.listTasks(
      { ...(await this.#taskQuery(caller)), scope },
      { limit, cursor },
    );
    return {
      items: await this.#views.tasks(page.items, caller),
      nextCursor: page.nextCursor,
    };
  }

  async countTasks(caller: CallOptions): Promise<TaskCount> {
    return this.#store.countTasks(await this.#taskQuery(caller));
  }

  #governing(
    one: GoverningSop,
    latest: LatestRun | undefined,
  ): GoverningProcedure {
    const { spec, title, status, sopRef, refusal } = one;
    return {
      sopRef,
      title,
      description: one.entity.metadata.description,
      type: spec.type,
      lifecycle: status,
      number: spec.document?.number,
      revision: spec.document?.revision,
      canStart: permit(refusal),
      latestRun: latest && this.#views.summary(latest.latest),
      openRuns: latest?.openRuns ?? 0,
    };
  }

  async #taskQuery({ credentials, visible }: CallOptions) {
    const actor = await this.#directory.actorOf(credentials);
    return {
      userRef: actor.ref,
      groupRefs: actor.ownershipEntityRefs.filter(ref => ref !== actor.ref),
      visible: visible?.tasks,
    };
  }

  /** Tells with a conflict what happened since the version the person saw. */
  async #withChanges(
    error: unknown,
    runId: string,
    command: HumanCommand,
  ): Promise<unknown> {
    if (
      isError(error) &&
      error.name === 'ConflictError' &&
      'stepId' in command
    ) {
      const { stepId, taskVersion } = command;
      Object.assign(error, {
        changes: await this.#views.changes(runId, stepId, taskVersion),
      });
    }
    return error;
  }
}
