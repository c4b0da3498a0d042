export * from './TitledCard';
