export { CachedSopSource } from './CachedSopSource';
export { PolicyProcessor } from './PolicyProcessor';
export { SopProcessor } from './SopProcessor';
