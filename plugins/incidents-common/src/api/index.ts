export * from './IncidentsClient';
export * from './types';
