export { ACT_OF_COMMAND, RUN_ACTS } from './acts';
export type { Act } from './acts';
export { RunAccess } from './RunAccess';
export { Decisions } from './Decisions';
export { restrict, restrictRun, restrictTask } from './restrict';
export { registerPermissions } from './registerPermissions';
