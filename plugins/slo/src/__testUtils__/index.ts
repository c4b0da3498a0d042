export { FakeSloApi } from './FakeSloApi';
export * from './samples';
export * from './renderPage';
