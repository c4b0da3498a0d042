export { useSopQueryClient } from './queryClient';
export { useRun } from './useRun';
export { useRuns } from './useRuns';
export { useTasks, useTaskCount } from './useTasks';
export { useProceduresForEntity } from './useProcedures';
export { useJournal, useVerifyRun } from './useJournal';
export { useRunCommand, useStartRun } from './useCommands';
export { useNow } from './useNow';
export { useGlow } from './useGlow';
