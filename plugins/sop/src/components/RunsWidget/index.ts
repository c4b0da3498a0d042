export { RunsWidget } from './RunsWidget';
