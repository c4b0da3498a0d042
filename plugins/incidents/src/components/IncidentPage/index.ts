export * from './IncidentPage';
