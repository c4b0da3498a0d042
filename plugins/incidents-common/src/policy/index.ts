export * from './checkPolicy';
export * from './defaultPolicy';
export * from './types';
