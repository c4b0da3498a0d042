/**
 * What other back ends need to work with incidents.
 *
 * @packageDocumentation
 */
export { alertSourceExtensionPoint } from './alertSources';
export type {
  AlertDelivery,
  AlertSink,
  AlertSource,
  AlertSourceExtensionPoint,
  NormalisedAlert,
  RejectedDelivery,
} from './alertSources';
export { incidentServiceRef } from './IncidentService';
export type {
  IncidentService,
  IncidentServiceRequestOptions,
} from './IncidentService';
