export { CachedSopSource } from './CachedSopSource';
export { SopProcessor } from './SopProcessor';
