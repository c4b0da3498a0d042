export * from './headline';
export * from './timeline';
export * from './names';
