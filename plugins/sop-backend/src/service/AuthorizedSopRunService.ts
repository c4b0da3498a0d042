import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  CommandBody,
  CommandRequest,
  GoverningProcedure,
  JournalPage,
  ListRunsRequest,
  ListTasksRequest,
  Permit,
  ProcedureProblem,
  RunPage,
  RunView,
  sopRunControlPermission,
  sopRunCreatePermission,
  sopRunReadPermission,
  sopRunRehearsePermission,
  sopTaskVotePermission,
  sopTaskWorkPermission,
  StartRunRequest,
  StepView,
  TaskCount,
  TaskItem,
  TaskPage,
  Verification,
} from '@handrail/plugin-sop-common';
import { CallOptions, SopRunService } from './SopRunService';

const ACTS = {
  read: { permission: sopRunReadPermission, words: 'see runs' },
  create: { permission: sopRunCreatePermission, words: 'start runs' },
  rehearse: { permission: sopRunRehearsePermission, words: 'start rehearsals' },
  work: { permission: sopTaskWorkPermission, words: 'work on tasks' },
  vote: { permission: sopTaskVotePermission, words: 'vote in approvals' },
  control: {
    permission: sopRunControlPermission,
    words: 'cancel, retry or roll back runs',
  },
} satisfies Record<string, { permission: BasicPermission; words: string }>;

type Act = keyof typeof ACTS;

/** For each denied act, the sentence that says so. */
type Denied = Partial<Record<Act, string>>;

/** What the page of a run offers. */
const RUN_ACTS: Act[] = ['work', 'vote', 'control'];

const ACT_OF_COMMAND: Record<CommandBody['type'], Act> = {
  claim: 'work',
  release: 'work',
  complete: 'work',
  accept: 'work',
  return: 'work',
  'report-failure': 'work',
  vote: 'vote',
  retry: 'control',
  compensate: 'control',
  fail: 'control',
  cancel: 'control',
  'tour-finished': 'work',
};

/**
 * Asks the permission framework before each call, and takes back in views the
 * permits that its policy denies, so that nobody is offered what is refused.
 *
 * @remarks
 * Service principals pass the permission framework. What they may not do is
 * refused below, by the service and the engine.
 */
export class AuthorizedSopRunService implements SopRunService {
  readonly #service: SopRunService;
  readonly #permissions: PermissionsService;

  constructor(service: SopRunService, permissions: PermissionsService) {
    this.#service = service;
    this.#permissions = permissions;
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
    const denied = await this.#denied(['read', 'create'], options);
    const items = await this.#service.listProceduresForEntity(request, options);
    return items.map(item => ({
      ...item,
      canStart: restrict(item.canStart, denied.create),
      ...(denied.read ? { latestRun: undefined, openRuns: undefined } : {}),
    }));
  }

  async startRun(
    request: StartRunRequest,
    options: CallOptions,
  ): Promise<RunView> {
    const act = request.mode === 'rehearsal' ? 'rehearse' : 'create';
    const denied = await this.#assert(act, options, RUN_ACTS);
    return restrictRun(await this.#service.startRun(request, options), denied);
  }

  async executeCommand(
    request: CommandRequest & { runId: string },
    options: CallOptions,
  ): Promise<RunView> {
    const act = ACT_OF_COMMAND[request.command.type];
    const denied = await this.#assert(act, options, RUN_ACTS);
    return restrictRun(
      await this.#service.executeCommand(request, options),
      denied,
    );
  }

  async getRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<RunView> {
    const denied = await this.#assert('read', options, RUN_ACTS);
    return restrictRun(await this.#service.getRun(request, options), denied);
  }

  async listRuns(
    request: ListRunsRequest,
    options: CallOptions,
  ): Promise<RunPage> {
    await this.#assert('read', options);
    return this.#service.listRuns(request, options);
  }

  async getJournal(
    request: { runId: string; after?: number; limit?: number },
    options: CallOptions,
  ): Promise<JournalPage> {
    await this.#assert('read', options);
    return this.#service.getJournal(request, options);
  }

  async verifyRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<Verification> {
    await this.#assert('read', options);
    return this.#service.verifyRun(request, options);
  }

  async listTasks(
    request: ListTasksRequest,
    options: CallOptions,
  ): Promise<TaskPage> {
    const denied = await this.#assert('read', options, ['work', 'vote']);
    const page = await this.#service.listTasks(request, options);
    return {
      ...page,
      items: page.items.map(item => restrictTask(item, denied)),
    };
  }

  async countTasks(options: CallOptions): Promise<TaskCount> {
    await this.#assert('read', options);
    return this.#service.countTasks(options);
  }

  /**
   * Refuses what the policy denies. Asks about `also` in the same question, as
   * each is a request to the permission plugin.
   */
  async #assert(
    act: Act,
    options: CallOptions,
    also: Act[] = [],
  ): Promise<Denied> {
    const denied = await this.#denied([...new Set([act, ...also])], options);
    const refusal = denied[act];
    if (refusal) {
      throw new NotAllowedError(refusal);
    }
    return denied;
  }

  /** For each act that the policy denies, the sentence that says so. */
  async #denied(acts: Act[], { credentials }: CallOptions): Promise<Denied> {
    const decisions = await this.#permissions.authorize(
      acts.map(act => ({ permission: ACTS[act].permission })),
      { credentials },
    );
    return Object.fromEntries(
      acts.flatMap((act, index) =>
        decisions[index].result === AuthorizeResult.ALLOW
          ? []
          : [
              [
                act,
                `You may not ${ACTS[act].words}: the permission ${ACTS[act].permission.name} is denied to you.`,
              ],
            ],
      ),
    );
  }
}

function restrictRun(view: RunView, denied: Denied): RunView {
  const { cancel, compensate, fail } = view.permits;
  return {
    ...view,
    steps: view.steps.map(step => restrictStep(step, denied)),
    permits: {
      cancel: restrict(cancel, denied.control),
      compensate: restrict(compensate, denied.control),
      fail: restrict(fail, denied.control),
    },
  };
}

function restrict(permit: Permit, refusal: string | undefined): Permit {
  return refusal && permit.allowed
    ? { allowed: false, reason: refusal }
    : permit;
}

function restrictStep(step: StepView, denied: Denied): StepView {
  const refusal = step.type === 'approval' ? denied.vote : denied.work;
  return {
    ...step,
    act: step.act && restrict(step.act, refusal),
    retry: step.retry && restrict(step.retry, denied.control),
  };
}

function restrictTask(item: TaskItem, denied: Denied): TaskItem {
  const refusal = item.stepType === 'approval' ? denied.vote : denied.work;
  return { ...item, act: item.act && restrict(item.act, refusal) };
}
