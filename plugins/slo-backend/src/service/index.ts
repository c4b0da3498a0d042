export { AuditedSloService } from './AuditedSloService';
export { AuthorizedSloService } from './AuthorizedSloService';
export { createRouter } from './createRouter';
export { DefaultSloService } from './DefaultSloService';
export { publishStatus, SLO_TOPIC } from './publishStatus';
export type { CallOptions, SloService } from './SloService';
