export * from './IncidentTabs';
