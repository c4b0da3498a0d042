export * from './context';
export * from './decide';
export * from './describeBlocks';
export * from './evidence';
export * from './evolve';
export * from './people';
export * from './queries';
export * from './specIndex';
export {
  ACKNOWLEDGEMENT_REQUIRED,
  isTrainingRequired,
  trainingRefusal,
} from './training';
export * from './types';
export * from './votes';
