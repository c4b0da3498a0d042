export { FakeSignals } from './FakeSignals';
export { FakeIncidentsApi } from './FakeIncidentsApi';
export * from './samples';
export * from './renderPage';
