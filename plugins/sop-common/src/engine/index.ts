export * from './children';
export * from './context';
export * from './decide';
export * from './describeBlocks';
export * from './evidence';
export * from './evolve';
export { escalationRefs } from './deadlines';
export { guardCall } from './guards';
export { glassRefusal, openReviews, skippableGates } from './glass';
export * from './people';
export * from './queries';
export { rotatingRefs, rotationOf } from './rotations';
export * from './specIndex';
export {
  ACKNOWLEDGEMENT_REQUIRED,
  isTrainingRequired,
  trainingRefusal,
} from './training';
export * from './types';
export * from './votes';
export { evaluateStepWindows } from './windows';
export type { WindowVerdict } from './windows';
