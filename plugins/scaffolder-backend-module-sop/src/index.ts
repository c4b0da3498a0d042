/**
 * Scaffolder actions for SOPs: `sop:start` and `sop:validate`.
 *
 * @packageDocumentation
 */
export { scaffolderModuleSop as default } from './module';
