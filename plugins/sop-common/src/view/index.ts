export { describeAsked, reasonRule } from './asked';
export { describeHeadline } from './headline';
export type { HeadlineSubject } from './headline';
export { sayName, SCHEDULE_REF } from './names';
export { describeQuorum } from './quorum';
export * from './run';
export * from './steps';
export { describeEvent } from './timeline';
