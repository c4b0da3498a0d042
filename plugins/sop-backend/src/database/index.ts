export { DatabaseRunStore } from './DatabaseRunStore';
export { revisionHash } from './hashing';
export * from './RunStore';
