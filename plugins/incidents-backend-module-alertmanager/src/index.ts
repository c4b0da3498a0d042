/**
 * Alertmanager webhooks as alerts.
 *
 * @packageDocumentation
 */
export {};
