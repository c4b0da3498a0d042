export { SloLine } from './SloLine';
