export { CatalogEntityFinder } from './EntityFinder';
export { OpenSloProcessor } from './OpenSloProcessor';
