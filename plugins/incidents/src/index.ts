/**
 * Incident pages, declare button, entity tab and card, home widget.
 *
 * @packageDocumentation
 */
export { incidentsPlugin as default } from './plugin';
export { declareApiRef, incidentsApiRef } from './api';
export {
  DeclareLauncher,
  type DeclareRequestHint,
} from './lib/DeclareLauncher';
export {
  incidentRouteRef,
  rootRouteRef,
  useIncidentLinks,
  type IncidentLinks,
  type IncidentListQuery,
} from './routes';
export { incidentsTranslationRef } from './translation';
