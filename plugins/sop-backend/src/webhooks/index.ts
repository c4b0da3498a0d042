export { readEventsConfig } from './config';
export type { EventsConfig, WebhookSource } from './config';
export { createWebhookRouter } from './createWebhookRouter';
export { subscribe } from './subscribe';
