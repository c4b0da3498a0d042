/**
 * Extension points and service refs of the SLO back end.
 *
 * @packageDocumentation
 */
export { sloServiceRef } from './SloService';
export type { SloService, SloServiceRequestOptions } from './SloService';
export { sloSourceExtensionPoint } from './SloSource';
export type {
  SloSeriesRequest,
  SloSeriesResult,
  SloSource,
  SloSourceExtensionPoint,
} from './SloSource';
