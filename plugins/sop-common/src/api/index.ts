export * from './SopClient';
export * from './types';
