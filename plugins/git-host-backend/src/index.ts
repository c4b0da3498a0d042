/**
 * An embedded git host that speaks the Gitea API.
 *
 * @packageDocumentation
 */
export { gitHostPlugin as default } from './plugin';
export {
  gitHostPermissions,
  gitHostRepositoryCreatePermission,
  gitHostRepositoryReadPermission,
} from './permissions';
