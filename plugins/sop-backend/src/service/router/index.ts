export { createRouter } from './createRouter';
export { SCHEMAS_PATH } from './schemas';
