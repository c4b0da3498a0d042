export { FakeSopApi } from './FakeSopApi';
export * from './samples';
