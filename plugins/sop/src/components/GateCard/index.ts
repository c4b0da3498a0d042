export { GateCard } from './GateCard';
