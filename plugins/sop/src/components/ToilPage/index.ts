export { ToilPage } from './ToilPage';
