import { ControlApi, ControlClient } from './ControlClient';
import { SopRequestOptions, unwrap } from './request';
import {
  CommandRequest,
  CompliancePage,
  ComplianceRequest,
  EntityFacts,
  EntityPolicy,
  GateDecision,
  GoverningProcedure,
  JournalPage,
  ListOccurrencesRequest,
  ListRunsRequest,
  ListTasksRequest,
  OccurrencePage,
  LogStatus,
  LogVerification,
  ProcedureProblem,
  RunPage,
  Simulation,
  SimulationRequest,
  RunView,
  ScheduleView,
  SopEventPage,
  StartRunRequest,
  StepInsightPage,
  StepInsightRequest,
  TaskCount,
  TaskPage,
  ToilPage,
  Verification,
} from './types';

/**
 * The SOP back end. Every method throws a `ResponseError` when the server
 * refuses: its `body.error` may carry `problems` and, with 409, `changes`.
 * @public
 */
export interface SopApi extends ControlApi {
  listProceduresForEntity(
    entityRef: string,
    options?: SopRequestOptions,
  ): Promise<GoverningProcedure[]>;
  getGate(
    entityRef: string,
    options?: SopRequestOptions,
  ): Promise<GateDecision>;
  /** The policies that are about an entity. */
  listPoliciesForEntity(
    entityRef: string,
    options?: SopRequestOptions,
  ): Promise<EntityPolicy[]>;
  /** The entities that a policy is about, at most 500. */
  listPolicyTargets(
    policyRef: string,
    options?: SopRequestOptions,
  ): Promise<{ items: EntityPolicy[]; total: number }>;
  /** What a run would meet; nothing is written. */
  simulateRun(
    sopRef: string,
    request: SimulationRequest,
    options?: SopRequestOptions,
  ): Promise<Simulation>;
  validateProcedure(
    entity: Record<string, unknown>,
    options?: SopRequestOptions,
  ): Promise<ProcedureProblem[]>;
  getSchedule(
    sopRef: string,
    options?: SopRequestOptions,
  ): Promise<ScheduleView>;
  listOccurrences(
    request?: ListOccurrencesRequest,
    options?: SopRequestOptions,
  ): Promise<OccurrencePage>;
  listRuns(
    request?: ListRunsRequest,
    options?: SopRequestOptions,
  ): Promise<RunPage>;
  startRun(
    request: StartRunRequest,
    options?: SopRequestOptions,
  ): Promise<RunView>;
  getRun(runId: string, options?: SopRequestOptions): Promise<RunView>;
  executeCommand(
    runId: string,
    request: CommandRequest,
    options?: SopRequestOptions,
  ): Promise<RunView>;
  getJournal(
    runId: string,
    page?: { after?: number; limit?: number },
    options?: SopRequestOptions,
  ): Promise<JournalPage>;
  verifyRun(runId: string, options?: SopRequestOptions): Promise<Verification>;
  /** A bundle that `handrail-verify` checks offline. */
  exportRun(runId: string, options?: SopRequestOptions): Promise<Blob>;
  /** All runs of a period, as {@link SopApi.exportRun}. */
  exportPeriod(
    period: { from: string; to: string },
    options?: SopRequestOptions,
  ): Promise<Blob>;
  getLog(options?: SopRequestOptions): Promise<LogStatus>;
  verifyLog(options?: SopRequestOptions): Promise<LogVerification>;
  listTasks(
    request: ListTasksRequest,
    options?: SopRequestOptions,
  ): Promise<TaskPage>;
  countTasks(options?: SopRequestOptions): Promise<TaskCount>;
  listEvents(
    request?: { after?: string; limit?: number },
    options?: SopRequestOptions,
  ): Promise<SopEventPage>;
  listCompliance(
    request?: ComplianceRequest,
    options?: SopRequestOptions,
  ): Promise<CompliancePage>;
  listStepInsight(
    request: StepInsightRequest,
    options?: SopRequestOptions,
  ): Promise<StepInsightPage>;
  listToil(
    request?: { days?: number },
    options?: SopRequestOptions,
  ): Promise<ToilPage>;
  getFacts(
    entityRef: string,
    options?: SopRequestOptions,
  ): Promise<EntityFacts>;
}

/**
 * Typed client over the generated paths, for browsers and back ends.
 * @public
 */
export class SopClient extends ControlClient implements SopApi {
  async listProceduresForEntity(
    entityRef: string,
    options?: SopRequestOptions,
  ): Promise<GoverningProcedure[]> {
    const client = await this.client(options);
    const result = await client.request('get', '/procedures/by-entity', {
      params: { query: { entityRef } },
    });
    return (await unwrap(result)).items;
  }

  async getGate(
    entityRef: string,
    options?: SopRequestOptions,
  ): Promise<GateDecision> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/gate', {
        params: { query: { entityRef } },
      }),
    );
  }

  async listPoliciesForEntity(
    entityRef: string,
    options?: SopRequestOptions,
  ): Promise<EntityPolicy[]> {
    const client = await this.client(options);
    const result = await client.request('get', '/policies/by-entity', {
      params: { query: { entityRef } },
    });
    return (await unwrap(result)).items;
  }

  async listPolicyTargets(
    policyRef: string,
    options?: SopRequestOptions,
  ): Promise<{ items: EntityPolicy[]; total: number }> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/policies/targets', {
        params: { query: { policyRef } },
      }),
    );
  }

  async simulateRun(
    sopRef: string,
    request: SimulationRequest,
    options?: SopRequestOptions,
  ): Promise<Simulation> {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', '/procedures/{sopRef}/simulation', {
        params: { path: { sopRef } },
        body: request,
      }),
    );
  }

  async validateProcedure(
    entity: Record<string, unknown>,
    options?: SopRequestOptions,
  ): Promise<ProcedureProblem[]> {
    const client = await this.client(options);
    const result = await client.request('post', '/procedures/validate', {
      body: { entity },
    });
    return (await unwrap(result)).problems;
  }

  async getSchedule(
    sopRef: string,
    options?: SopRequestOptions,
  ): Promise<ScheduleView> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/procedures/schedule', {
        params: { query: { sopRef } },
      }),
    );
  }

  async listOccurrences(
    request: ListOccurrencesRequest = {},
    options?: SopRequestOptions,
  ): Promise<OccurrencePage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/procedures/occurrences', {
        params: { query: request },
      }),
    );
  }

  async listRuns(
    request: ListRunsRequest = {},
    options?: SopRequestOptions,
  ): Promise<RunPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/runs', { params: { query: request } }),
    );
  }

  async startRun(
    request: StartRunRequest,
    options?: SopRequestOptions,
  ): Promise<RunView> {
    const client = await this.client(options);
    return unwrap(await client.request('post', '/runs', { body: request }));
  }

  async getRun(runId: string, options?: SopRequestOptions): Promise<RunView> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/runs/{runId}', {
        params: { path: { runId } },
      }),
    );
  }

  async executeCommand(
    runId: string,
    request: CommandRequest,
    options?: SopRequestOptions,
  ): Promise<RunView> {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', '/runs/{runId}/commands', {
        params: { path: { runId } },
        body: request,
      }),
    );
  }

  async getJournal(
    runId: string,
    page: { after?: number; limit?: number } = {},
    options?: SopRequestOptions,
  ): Promise<JournalPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/runs/{runId}/journal', {
        params: { path: { runId }, query: page },
      }),
    );
  }

  async verifyRun(
    runId: string,
    options?: SopRequestOptions,
  ): Promise<Verification> {
    const client = await this.client(options);
    return unwrap(
      await client.request('post', '/runs/{runId}/verify', {
        params: { path: { runId } },
      }),
    );
  }

  async exportRun(runId: string, options?: SopRequestOptions): Promise<Blob> {
    const client = await this.client(options);
    const result = await client.request('get', '/runs/{runId}/bundle', {
      params: { path: { runId } },
      parseAs: 'blob',
    });
    return (await unwrap(result)) as unknown as Blob;
  }

  async exportPeriod(
    period: { from: string; to: string },
    options?: SopRequestOptions,
  ): Promise<Blob> {
    const client = await this.client(options);
    const result = await client.request('get', '/bundle', {
      params: { query: period },
      parseAs: 'blob',
    });
    return (await unwrap(result)) as unknown as Blob;
  }

  async getLog(options?: SopRequestOptions): Promise<LogStatus> {
    const client = await this.client(options);
    return unwrap(await client.request('get', '/log'));
  }

  async verifyLog(options?: SopRequestOptions): Promise<LogVerification> {
    const client = await this.client(options);
    return unwrap(await client.request('post', '/log/verify'));
  }

  async listTasks(
    request: ListTasksRequest,
    options?: SopRequestOptions,
  ): Promise<TaskPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/tasks', { params: { query: request } }),
    );
  }

  async countTasks(options?: SopRequestOptions): Promise<TaskCount> {
    const client = await this.client(options);
    return unwrap(await client.request('get', '/tasks/count'));
  }

  async listCompliance(
    request: ComplianceRequest = {},
    options?: SopRequestOptions,
  ): Promise<CompliancePage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/insight/compliance', {
        params: { query: request },
      }),
    );
  }

  async listStepInsight(
    request: StepInsightRequest,
    options?: SopRequestOptions,
  ): Promise<StepInsightPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/insight/steps', {
        params: { query: request },
      }),
    );
  }

  async listToil(
    request: { days?: number } = {},
    options?: SopRequestOptions,
  ): Promise<ToilPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/insight/toil', {
        params: { query: request },
      }),
    );
  }

  async getFacts(
    entityRef: string,
    options?: SopRequestOptions,
  ): Promise<EntityFacts> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/facts', {
        params: { query: { entityRef } },
      }),
    );
  }

  async listEvents(
    request: { after?: string; limit?: number } = {},
    options?: SopRequestOptions,
  ): Promise<SopEventPage> {
    const client = await this.client(options);
    return unwrap(
      await client.request('get', '/events', { params: { query: request } }),
    );
  }
}
