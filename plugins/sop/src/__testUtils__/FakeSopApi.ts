import type {
  CommandRequest,
  EntityPolicy,
  CompliancePage,
  ComplianceRow,
  ControlView,
  EntityFacts,
  GateDecision,
  GoverningProcedure,
  JournalPage,
  ListTasksRequest,
  OccurrencePage,
  OccurrenceView,
  LogStatus,
  LogVerification,
  ProcedureProblem,
  ProcedureStanding,
  ReviewItem,
  RevisionDetail,
  RevisionDiff,
  RunPage,
  RunView,
  ScheduleView,
  Simulation,
  SimulationRequest,
  SopApi,
  SopEventPage,
  StartRunRequest,
  StepInsight,
  StepInsightPage,
  TaskCount,
  TaskPage,
  ToilItem,
  ToilPage,
  Verification,
} from '@handrail/plugin-sop-common';
import {
  minutesFromNow,
  sampleControl,
  sampleGoverning,
  sampleJournal,
  sampleProcedure,
  sampleRevision,
  sampleRun,
  sampleSummary,
  sampleTask,
} from './samples';

/** A back end in memory, for tests and for looking at the pages alone. */
export class FakeSopApi implements SopApi {
  run: RunView = sampleRun();
  runs = [sampleSummary()];
  tasks = { me: [sampleTask()], groups: [], done: [] } as Record<
    ListTasksRequest['scope'],
    TaskPage['items']
  >;
  journal = sampleJournal(5);
  procedures = [sampleGoverning()];
  gate: GateDecision = {
    entityRef: 'component:default/payments-api',
    allowed: true,
    at: minutesFromNow(0),
    sentence: 'payments-api may be changed now.',
    reasons: [],
  };
  schedule: ScheduleView = { sopRef: 'sop:default/data-change', upcoming: [] };
  occurrences: OccurrenceView[] = [];
  policies: EntityPolicy[] = [];
  simulation: Simulation = {
    outcome: 'completed',
    startsAt: minutesFromNow(0),
    finishesAt: minutesFromNow(60),
    steps: [],
    assumed: [],
  };
  readonly simulated: SimulationRequest[] = [];
  control: ControlView = sampleControl();
  revision: RevisionDetail = {
    ...sampleRevision(),
    spec: sampleProcedure().spec!,
  };
  diff: RevisionDiff = {
    from: 'a'.repeat(64),
    to: 'b'.repeat(64),
    fields: [],
    steps: [],
    text: '',
  };
  /** What was signed, rejected, withdrawn from or acknowledged. */
  readonly signed: Array<{ act: string; hash: string } & object> = [];
  compliance: ComplianceRow[] = [];
  stepInsight: StepInsight[] = [];
  toil: ToilItem[] = [];
  readonly started: StartRunRequest[] = [];
  readonly commands: CommandRequest[] = [];

  async listProceduresForEntity(): Promise<GoverningProcedure[]> {
    return this.procedures;
  }

  async getGate(): Promise<GateDecision> {
    return this.gate;
  }

  async listPoliciesForEntity(): Promise<EntityPolicy[]> {
    return this.policies;
  }

  async listPolicyTargets(): Promise<{ items: EntityPolicy[]; total: number }> {
    return { items: this.policies, total: this.policies.length };
  }

  async simulateRun(
    _sopRef: string,
    request: SimulationRequest,
  ): Promise<Simulation> {
    this.simulated.push(request);
    return this.simulation;
  }

  async validateProcedure(): Promise<ProcedureProblem[]> {
    return [];
  }

  async getSchedule(): Promise<ScheduleView> {
    return this.schedule;
  }

  async listOccurrences(): Promise<OccurrencePage> {
    return { items: this.occurrences };
  }

  async listProcedures(): Promise<ProcedureStanding[]> {
    const { sopRef, title, sentence, canStart, currentHash } = this.control;
    return [
      { sopRef, title, sentence, canStart, currentHash, status: 'effective' },
    ];
  }

  async getControl(): Promise<ControlView> {
    return this.control;
  }

  async getRevision(): Promise<RevisionDetail> {
    return this.revision;
  }

  async getRevisionDiff(): Promise<RevisionDiff> {
    return this.diff;
  }

  async signRevision(_: string, hash: string, request: object) {
    this.signed.push({ act: 'sign', hash, ...request });
    return this.control;
  }

  async withdrawSignature(_: string, hash: string, request: object) {
    this.signed.push({ act: 'withdraw', hash, ...request });
    return this.control;
  }

  async rejectRevision(_: string, hash: string, request: object) {
    this.signed.push({ act: 'reject', hash, ...request });
    return this.control;
  }

  async acknowledgeRevision(_: string, hash: string, request: object) {
    this.signed.push({ act: 'acknowledge', hash, ...request });
    return this.control;
  }

  async getControlJournal(): Promise<JournalPage> {
    return { genesis: 'a'.repeat(64), items: [] };
  }

  async verifyControl(): Promise<Verification> {
    return this.verifyRun();
  }

  async listReviews(): Promise<ReviewItem[]> {
    return [];
  }

  async listRuns(): Promise<RunPage> {
    return { items: this.runs };
  }

  async startRun(request: StartRunRequest): Promise<RunView> {
    this.started.push(request);
    return this.run;
  }

  async getRun(): Promise<RunView> {
    return this.run;
  }

  /** Completes the step and makes the next one of the main sequence ready. */
  async executeCommand(
    _runId: string,
    request: CommandRequest,
  ): Promise<RunView> {
    this.commands.push(request);
    const { stepId } = request.command;
    const at = this.run.steps.findIndex(step => step.id === stepId);
    this.run = {
      ...this.run,
      version: this.run.version + 2,
      done: this.run.done + 1,
      headline: 'The run has moved on',
      waiting: [],
      steps: this.run.steps.map((step, index) => {
        if (index === at) {
          return {
            ...step,
            status: 'completed',
            act: undefined,
            version: this.run.version + 1,
            endedAt: minutesFromNow(0),
          };
        }
        return index === at + 1
          ? {
              ...step,
              status: 'ready',
              version: this.run.version + 2,
              act: { allowed: true },
            }
          : step;
      }),
    };
    for (const scope of ['me', 'groups'] as const) {
      this.tasks[scope] = this.tasks[scope].filter(
        task => task.stepId !== stepId,
      );
    }
    return this.run;
  }

  async getJournal(
    _runId: string,
    page: { after?: number; limit?: number } = {},
  ): Promise<JournalPage> {
    const { after = 0, limit = 100 } = page;
    return {
      genesis: 'a'.repeat(64),
      items: this.journal.filter(entry => entry.seq > after).slice(0, limit),
    };
  }

  async verifyRun(): Promise<Verification> {
    return {
      ok: true,
      events: this.journal.length,
      message: `All ${this.journal.length} events are as they were written.`,
      checkedAt: minutesFromNow(0),
    };
  }

  async exportRun(): Promise<Blob> {
    return new Blob(['bundle']);
  }

  async exportPeriod(): Promise<Blob> {
    return new Blob(['bundle']);
  }

  async getLog(): Promise<LogStatus> {
    return { origin: 'localhost/sop', size: 0, keys: [], witnesses: [] };
  }

  async verifyLog(): Promise<LogVerification> {
    return { ok: true, size: 0, findings: [], checkedAt: minutesFromNow(0) };
  }

  async listTasks(request: ListTasksRequest): Promise<TaskPage> {
    return { items: this.tasks[request.scope] };
  }

  async countTasks(): Promise<TaskCount> {
    return { me: this.tasks.me.length, groups: this.tasks.groups.length };
  }

  async listEvents(): Promise<SopEventPage> {
    return { items: [] };
  }

  async listCompliance(): Promise<CompliancePage> {
    const count = (state: ComplianceRow['state']) =>
      this.compliance.filter(row => row.state === state).length;
    return {
      items: this.compliance,
      totals: {
        missing: count('missing'),
        overdue: count('overdue'),
        'due-soon': count('due-soon'),
        met: count('met'),
      },
      truncated: false,
    };
  }

  async listStepInsight(): Promise<StepInsightPage> {
    return { items: this.stepInsight };
  }

  async listToil(): Promise<ToilPage> {
    return { days: 90, items: this.toil };
  }

  async getFacts(entityRef: string): Promise<EntityFacts> {
    return {
      entityRef,
      at: minutesFromNow(0),
      facts: {
        requiredProcedures: 1,
        metProcedures: 1,
        missingProcedures: 0,
        overdueProcedures: 0,
        dueSoonProcedures: 0,
        compliant: true,
        openRequiredRuns: 0,
        daysOverdue: 0,
      },
    };
  }
}
