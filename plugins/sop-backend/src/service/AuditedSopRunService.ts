import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
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
import { audited } from './audited';
import { CallOptions, SopRunService } from './SopRunService';

/**
 * Writes one audit event per attempt, whether it succeeds or not. It stands
 * outside the permission check, so refusals are on record too.
 */
export class AuditedSopRunService implements SopRunService {
  readonly #service: SopRunService;
  readonly #auditor: AuditorService;

  constructor(service: SopRunService, auditor: AuditorService) {
    this.#service = service;
    this.#auditor = auditor;
  }

  async startRun(
    request: StartRunRequest,
    options: CallOptions,
  ): Promise<RunView> {
    const { sopRef, targetRef, commandId } = request;
    return this.#audit(
      { eventId: 'run', actionType: 'create', severityLevel: 'medium' },
      { sopRef, targetRef, commandId },
      options,
      () => this.#service.startRun(request, options),
      view => ({ runId: view.runId, revisionHash: view.revisionHash }),
    );
  }

  async executeCommand(
    request: CommandRequest & { runId: string },
    options: CallOptions,
  ): Promise<RunView> {
    const { runId, commandId, command } = request;
    const isRunCommand = ['cancel', 'compensate', 'fail'].includes(
      command.type,
    );
    const isCritical = command.type === 'break-glass';
    const isHigh = ['vote', 'cancel', 'resolve-doubt'].includes(command.type);
    return this.#audit(
      {
        eventId: isRunCommand ? 'run' : 'task',
        actionType: command.type,
        severityLevel: isCritical ? 'critical' : severity(isHigh),
      },
      {
        runId,
        stepId: command.stepId,
        decision: command.decision,
        outcome: command.outcome,
        skips: command.skips,
        userRef: command.userRef,
        commandId,
      },
      options,
      () => this.#service.executeCommand(request, options),
      view => ({ version: view.version, status: view.status }),
    );
  }

  async verifyRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<Verification> {
    return this.#audit(
      { eventId: 'run', actionType: 'verify', severityLevel: 'low' },
      { runId: request.runId },
      options,
      () => this.#service.verifyRun(request, options),
      ({ ok, events, head }) => ({ ok, events, head }),
    );
  }

  async validateProcedure(
    request: { entity: Record<string, unknown> },
    options: CallOptions,
  ): Promise<ProcedureProblem[]> {
    return this.#read('procedure', 'validate', {}, options, () =>
      this.#service.validateProcedure(request, options),
    );
  }

  async listProceduresForEntity(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<GoverningProcedure[]> {
    return this.#read('procedure', 'list', { ...request }, options, () =>
      this.#service.listProceduresForEntity(request, options),
    );
  }

  async getRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<RunView> {
    return this.#read('run', 'get', { ...request }, options, () =>
      this.#service.getRun(request, options),
    );
  }

  async listRuns(
    request: ListRunsRequest,
    options: CallOptions,
  ): Promise<RunPage> {
    return this.#read('run', 'list', { ...request }, options, () =>
      this.#service.listRuns(request, options),
    );
  }

  async getJournal(
    request: { runId: string; after?: number; limit?: number },
    options: CallOptions,
  ): Promise<JournalPage> {
    return this.#read('run', 'read-journal', { ...request }, options, () =>
      this.#service.getJournal(request, options),
    );
  }

  async listLocks(
    request: { key?: string },
    options: CallOptions,
  ): Promise<Lock[]> {
    return this.#read('lock', 'list', { ...request }, options, () =>
      this.#service.listLocks(request, options),
    );
  }

  async listTasks(
    request: ListTasksRequest,
    options: CallOptions,
  ): Promise<TaskPage> {
    return this.#read('task', 'list', { ...request }, options, () =>
      this.#service.listTasks(request, options),
    );
  }

  async countTasks(options: CallOptions): Promise<TaskCount> {
    return this.#read('task', 'count', {}, options, () =>
      this.#service.countTasks(options),
    );
  }

  /** What only reads; low, so that busy pages do not drown the rest. */
  #read<T>(
    eventId: string,
    actionType: string,
    meta: JsonObject,
    options: CallOptions,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const event = { eventId, actionType, severityLevel: 'low' as const };
    return this.#audit(event, meta, options, attempt, () => ({}));
  }

  #audit<T>(
    event: {
      eventId: string;
      actionType: string;
      severityLevel: AuditorServiceEventSeverityLevel;
    },
    meta: JsonObject,
    { request }: CallOptions,
    attempt: () => Promise<T>,
    describe: (result: T) => JsonObject,
  ): Promise<T> {
    return audited(
      this.#auditor,
      { ...event, meta, request },
      attempt,
      describe,
    );
  }
}

function severity(isHigh: boolean): AuditorServiceEventSeverityLevel {
  return isHigh ? 'high' : 'medium';
}
