export { BackstageActionInvoker } from './ActionInvoker';
export type { ActionInfo, ActionInvoker } from './ActionInvoker';
export { EventInbox, MAX_EVENT_SIZE } from './EventInbox';
export { Locks, usesLocks } from './Locks';
export { RelatedRuns } from './RelatedRuns';
export { RunWorker } from './RunWorker';
export type { RunWorkerOptions } from './RunWorker';
