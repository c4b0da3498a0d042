export { SimulationService } from './SimulationService';
