export { StepDiagram } from './StepDiagram';
