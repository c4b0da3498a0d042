export * from './ReviewTab';
