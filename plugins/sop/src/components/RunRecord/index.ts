export { RunRecord } from './RunRecord';
