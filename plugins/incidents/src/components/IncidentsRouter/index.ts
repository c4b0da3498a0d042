export * from './IncidentsRouter';
