export { BackstageActionInvoker } from './ActionInvoker';
export type { ActionInfo, ActionInvoker } from './ActionInvoker';
export { RunWorker } from './RunWorker';
export type { RunWorkerOptions } from './RunWorker';
