export * from './SloClient';
export * from './types';
