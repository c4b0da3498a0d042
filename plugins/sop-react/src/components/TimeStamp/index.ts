export * from './TimeStamp';
