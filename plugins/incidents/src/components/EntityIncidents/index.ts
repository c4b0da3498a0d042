export * from './EntityIncidents';
