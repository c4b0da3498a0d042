/**
 * Repositories of the embedded git host and their files.
 *
 * @packageDocumentation
 */
export { gitHostPlugin as default } from './plugin';
export { gitHostRouteRefs, useRepositoryLink } from './routes';
export { gitHostApiRef } from './api';
export type {
  Branch,
  Commit,
  Contents,
  ContentsEntry,
  GitHostApi,
  Repository,
} from './api';
