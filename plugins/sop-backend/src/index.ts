/**
 * The back end of SOPs: runs procedures and serves their API.
 *
 * @packageDocumentation
 */
export { sopPlugin as default } from './plugin';
