export { FakeSignals } from './FakeSignals';
export { FakeSopApi } from './FakeSopApi';
export * from './samples';
export * from './renderPage';
