export { DatabaseBacklog } from './DatabaseBacklog';
export { observeService } from './observeService';
export { RunMetrics } from './RunMetrics';
