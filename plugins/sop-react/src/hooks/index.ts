export {
  SLOW_REFETCH,
  useQueryClientFor,
  useSopQueryClient,
} from './queryClient';
export { useRun } from './useRun';
export {
  useControl,
  useProcedureStandings,
  useRevision,
  useRevisionCommand,
  useRevisionDiff,
  type RevisionCommand,
} from './useControl';
export { useRuns } from './useRuns';
export { useTasks, useTaskCount } from './useTasks';
export { useGate } from './useGate';
export { useOccurrences, useSchedule } from './useSchedule';
export { usePoliciesForEntity, usePolicyTargets } from './usePolicies';
export { useSimulation } from './useSimulation';
export { useCompliance, useStepInsight, useToil } from './useInsight';
export { useProceduresForEntity } from './useProcedures';
export { useExportRun, useJournal, useVerifyRun } from './useJournal';
export { useRunCommand, useStartRun } from './useCommands';
export { useNow } from './useNow';
export { useGlow } from './useGlow';
export { useDraft } from './useDraft';
export { useFocusOnMount } from './useFocusOnMount';
export { useIdentity } from './useIdentity';
export { usePageTitle } from './usePageTitle';
export { useSignalEffect } from './useSignalEffect';
export { useUrlState, withParams, type UrlValues } from './useUrlState';
