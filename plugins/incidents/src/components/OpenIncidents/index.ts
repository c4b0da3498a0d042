export * from './OpenIncidents';
