import {
  CommandRequest,
  GoverningProcedure,
  JournalPage,
  ListRunsRequest,
  ListTasksRequest,
  Lock,
  ProcedureProblem,
  RunPage,
  RunView,
  StartRunRequest,
  TaskCount,
  TaskPage,
  Verification,
} from '@handrail/plugin-sop-common';
import { RunStore } from '../database/RunStore';
import {
  Act,
  ACT_OF_COMMAND,
  Decisions,
  restrict,
  restrictRun,
  restrictTask,
  RUN_ACTS,
  RunAccess,
} from './access';
import { CallOptions, SopRunService, Visible } from './SopRunService';

/**
 * Asks the permission framework before each call, and takes back in views the
 * permits that its policy denies, so that nobody is offered what is refused.
 * Where the policy decides by conditions, lists show what meets them, and a run
 * that does not meet them does not exist for the caller.
 *
 * @remarks
 * Service principals pass the permission framework. What they may not do is
 * refused below, by the service and the engine.
 */
export class AuthorizedSopRunService implements SopRunService {
  readonly #service: SopRunService;
  readonly #access: RunAccess;
  readonly #store: RunStore;

  constructor(
    service: SopRunService,
    options: { access: RunAccess; store: RunStore },
  ) {
    this.#service = service;
    this.#access = options.access;
    this.#store = options.store;
  }

  async validateProcedure(
    request: { entity: Record<string, unknown> },
    options: CallOptions,
  ): Promise<ProcedureProblem[]> {
    return this.#service.validateProcedure(request, options);
  }

  async listProceduresForEntity(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<GoverningProcedure[]> {
    const decisions = await this.#decide(['read', 'create'], options);
    const items = await this.#service.listProceduresForEntity(request, {
      ...options,
      visible: { runs: decisions.visibleRuns() },
    });
    return items.map(item => ({
      ...item,
      canStart: restrict(item.canStart, decisions.denial('create')),
      ...(decisions.denial('read')
        ? { latestRun: undefined, openRuns: undefined }
        : {}),
    }));
  }

  async startRun(
    request: StartRunRequest,
    options: CallOptions,
  ): Promise<RunView> {
    const act = request.mode === 'rehearsal' ? 'rehearse' : 'create';
    const decisions = await this.#decide([act, ...RUN_ACTS], options);
    decisions.assert(act);
    const view = await this.#service.startRun(request, options);
    return this.#restrictRun(view, decisions);
  }

  async executeCommand(
    request: CommandRequest & { runId: string },
    options: CallOptions,
  ): Promise<RunView> {
    const { runId, command } = request;
    const act = ACT_OF_COMMAND[command.type];
    const decisions = await this.#decide(['read', ...RUN_ACTS], options);
    if (decisions.isConditional('read')) {
      await decisions.assertVisible(runId);
    }
    await decisions.assertOn(act, runId, command.stepId);
    const view = await this.#service.executeCommand(request, options);
    return this.#restrictRun(view, decisions);
  }

  async getRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<RunView> {
    const decisions = await this.#decide(['read', ...RUN_ACTS], options);
    await decisions.assertVisible(request.runId);
    const view = await this.#service.getRun(request, options);
    return this.#restrictRun(view, decisions);
  }

  async listRuns(
    request: ListRunsRequest,
    options: CallOptions,
  ): Promise<RunPage> {
    const decisions = await this.#decide(['read'], options);
    decisions.assert('read');
    return this.#service.listRuns(request, {
      ...options,
      visible: { runs: decisions.visibleRuns() },
    });
  }

  async getJournal(
    request: { runId: string; after?: number; limit?: number },
    options: CallOptions,
  ): Promise<JournalPage> {
    await this.#assertVisible(request.runId, options);
    return this.#service.getJournal(request, options);
  }

  async verifyRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<Verification> {
    await this.#assertVisible(request.runId, options);
    return this.#service.verifyRun(request, options);
  }

  async listLocks(
    request: { key?: string },
    options: CallOptions,
  ): Promise<Lock[]> {
    const decisions = await this.#decide(['read'], options);
    decisions.assert('read');
    const locks = await this.#service.listLocks(request, options);
    if (!decisions.isConditional('read')) {
      return locks;
    }
    const visible = await this.#visibleAmong(
      locks.flatMap(({ holder, waiting }) =>
        [...(holder ? [holder] : []), ...waiting].map(({ runId }) => runId),
      ),
      decisions,
    );
    return locks.map(({ holder, waiting, ...lock }) => ({
      ...lock,
      holder: holder && visible.has(holder.runId) ? holder : undefined,
      waiting: waiting.filter(({ runId }) => visible.has(runId)),
    }));
  }

  async listTasks(
    request: ListTasksRequest,
    options: CallOptions,
  ): Promise<TaskPage> {
    const decisions = await this.#decide(
      ['read', 'seeTasks', 'work', 'vote'],
      options,
    );
    const visible = this.#visibleTasks(decisions);
    const page = await this.#service.listTasks(request, {
      ...options,
      visible,
    });
    return {
      ...page,
      items: await Promise.all(
        page.items.map(async item =>
          restrictTask(item, decisions, await this.#store.load(item.runId)),
        ),
      ),
    };
  }

  async countTasks(options: CallOptions): Promise<TaskCount> {
    const decisions = await this.#decide(['read', 'seeTasks'], options);
    const visible = this.#visibleTasks(decisions);
    return this.#service.countTasks({ ...options, visible });
  }

  async #visibleAmong(
    runIds: string[],
    decisions: Decisions,
  ): Promise<Set<string>> {
    const visible = new Set<string>();
    for (const runId of new Set(runIds)) {
      if (await decisions.isVisible(runId)) {
        visible.add(runId);
      }
    }
    return visible;
  }

  #decide(acts: Act[], { credentials }: CallOptions): Promise<Decisions> {
    return this.#access.decide(acts, credentials);
  }

  async #assertVisible(runId: string, options: CallOptions): Promise<void> {
    const decisions = await this.#decide(['read'], options);
    await decisions.assertVisible(runId);
  }

  #visibleTasks(decisions: Decisions): Visible {
    decisions.assert('read');
    decisions.assert('seeTasks');
    return { tasks: decisions.visibleTasks() };
  }

  async #restrictRun(view: RunView, decisions: Decisions): Promise<RunView> {
    return restrictRun(view, decisions, await this.#store.load(view.runId));
  }
}
