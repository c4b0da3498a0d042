export { WaitingWidget } from './WaitingWidget';
