export { TroubleWidget } from './TroubleWidget';
