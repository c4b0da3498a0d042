export { guardInsight } from './decorators';
export { DefaultInsightService } from './DefaultInsightService';
export { InsightProjector } from './InsightProjector';
export type { InsightService } from './InsightService';
export { Requirements } from './Requirements';
