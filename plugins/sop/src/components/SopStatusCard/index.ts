export { SopStatusCard } from './SopStatusCard';
