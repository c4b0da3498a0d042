export * from './CommandError';
