import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { ForwardedError, isError } from '@backstage/errors';
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
import { CallOptions, SopRunService } from './SopRunService';

/**
 * Writes one audit event per attempt to change a run, whether it succeeds or
 * not. It stands outside the permission check, so refusals are on record too.
 * Reading is not audited, except verification, which auditors ask about.
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

  validateProcedure(
    request: { entity: Record<string, unknown> },
    options: CallOptions,
  ): Promise<ProcedureProblem[]> {
    return this.#service.validateProcedure(request, options);
  }

  listProceduresForEntity(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<GoverningProcedure[]> {
    return this.#service.listProceduresForEntity(request, options);
  }

  getRun(request: { runId: string }, options: CallOptions): Promise<RunView> {
    return this.#service.getRun(request, options);
  }

  listRuns(request: ListRunsRequest, options: CallOptions): Promise<RunPage> {
    return this.#service.listRuns(request, options);
  }

  getJournal(
    request: { runId: string; after?: number; limit?: number },
    options: CallOptions,
  ): Promise<JournalPage> {
    return this.#service.getJournal(request, options);
  }

  listLocks(request: { key?: string }, options: CallOptions): Promise<Lock[]> {
    return this.#service.listLocks(request, options);
  }

  listTasks(
    request: ListTasksRequest,
    options: CallOptions,
  ): Promise<TaskPage> {
    return this.#service.listTasks(request, options);
  }

  countTasks(options: CallOptions): Promise<TaskCount> {
    return this.#service.countTasks(options);
  }

  async #audit<T>(
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
    const { eventId, actionType, severityLevel } = event;
    const audit = await this.#auditor.createEvent({
      eventId,
      severityLevel,
      request,
      meta: { actionType, ...meta },
    });
    let result: T;
    try {
      result = await attempt();
    } catch (error) {
      await audit.fail({
        error: isError(error) ? error : new ForwardedError('Refused', error),
      });
      throw error;
    }
    await audit.success({ meta: describe(result) });
    return result;
  }
}

function severity(isHigh: boolean): AuditorServiceEventSeverityLevel {
  return isHigh ? 'high' : 'medium';
}
