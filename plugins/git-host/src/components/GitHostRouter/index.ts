export { GitHostRouter } from './GitHostRouter';
