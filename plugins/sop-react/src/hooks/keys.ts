import type {
  ComplianceRequest,
  ListOccurrencesRequest,
  ListRunsRequest,
  SimulationRequest,
  StepInsightRequest,
  TaskScope,
} from '@handrail/plugin-sop-common';

/** Cache keys, from coarse to fine so that a prefix invalidates a family. */
export const keys = {
  run: (runId: string) => ['sop', 'run', runId] as const,
  runs: (request?: ListRunsRequest) =>
    request ? (['sop', 'runs', request] as const) : (['sop', 'runs'] as const),
  journal: (runId: string) => ['sop', 'journal', runId] as const,
  tasks: (scope?: TaskScope) =>
    scope ? (['sop', 'tasks', scope] as const) : (['sop', 'tasks'] as const),
  gate: (entityRef: string) => ['sop', 'gate', entityRef] as const,
  schedule: (sopRef: string) => ['sop', 'schedule', sopRef] as const,
  occurrences: (request: ListOccurrencesRequest) =>
    ['sop', 'occurrences', request] as const,
  policies: (entityRef: string) => ['sop', 'policies', entityRef] as const,
  policyTargets: (policyRef: string) =>
    ['sop', 'policies', 'targets', policyRef] as const,
  simulation: (sopRef: string, request?: SimulationRequest) =>
    ['sop', 'simulation', sopRef, request] as const,
  standings: (sopRefs?: string[]) =>
    sopRefs
      ? (['sop', 'standings', sopRefs] as const)
      : (['sop', 'standings'] as const),
  control: (sopRef?: string) => ['sop', 'control', sopRef] as const,
  revision: (sopRef: string, hash?: string) =>
    ['sop', 'revision', sopRef, hash] as const,
  revisionDiff: (sopRef: string, hash: string, from: string) =>
    ['sop', 'revision-diff', sopRef, hash, from] as const,
  compliance: (request: ComplianceRequest) =>
    ['sop', 'compliance', request] as const,
  stepInsight: (request: Partial<StepInsightRequest>) =>
    ['sop', 'step-insight', request] as const,
  toil: (days: number) => ['sop', 'toil', days] as const,
  taskCount: () => ['sop', 'tasks', 'count'] as const,
  procedures: (entityRef?: string) =>
    entityRef
      ? (['sop', 'procedures', entityRef] as const)
      : (['sop', 'procedures'] as const),
};
