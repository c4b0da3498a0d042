/**
 * Scaffolder actions for SOPs: `sop:gate`, `sop:start-run`,
 * `sop:await-run` and `sop:validate`.
 *
 * @packageDocumentation
 */
export { scaffolderModuleSop as default } from './module';
