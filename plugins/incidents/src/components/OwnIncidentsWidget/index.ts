export * from './OwnIncidentsWidget';
