export * from './cloudEvents';
export * from './SopClient';
export * from './types';
