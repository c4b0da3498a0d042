export { composeEventFeed } from './composeEventFeed';
export type { EventFeed } from './EventFeed';
