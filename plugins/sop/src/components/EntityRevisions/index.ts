export { EntityRevisions } from './EntityRevisions';
