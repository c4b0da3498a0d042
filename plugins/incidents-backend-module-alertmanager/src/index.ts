/**
 * Alertmanager webhooks as alerts.
 *
 * @packageDocumentation
 */
export { incidentsModuleAlertmanager as default } from './module';
