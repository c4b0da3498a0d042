export { FirstWeekWidget } from './FirstWeekWidget';
