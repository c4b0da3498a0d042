/**
 * What other back ends need to work with SOPs.
 *
 * @packageDocumentation
 */
export { sopServiceRef } from './SopService';
export type { SopService, SopServiceRequestOptions } from './SopService';
export { gateExtensionPoint } from './gate';
export type {
  GateContribution,
  GateContributor,
  GateExtensionPoint,
} from './gate';
export * from './proof';
export * from './permissions';
export * from './rest';
