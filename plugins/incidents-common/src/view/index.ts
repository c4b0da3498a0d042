export * from './headline';
export * from './timeline';
