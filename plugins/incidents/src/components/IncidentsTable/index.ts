export * from './IncidentsTable';
