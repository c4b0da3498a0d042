export { useIncidentsQueryClient } from './queryClient';
export { useIncident } from './useIncident';
export { useIncidents, useMetrics, usePolicy } from './useIncidents';
export { useAlerts, useTimeline, useVerifyIncident } from './useTimeline';
export {
  useDeclare,
  useIncidentCommand,
  type SentCommand,
} from './useCommands';
