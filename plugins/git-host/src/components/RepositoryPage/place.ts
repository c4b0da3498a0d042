import { RepositoryKey } from '../../api';

/** A folder or file of a branch. */
export interface PlaceProps {
  repository: RepositoryKey;
  /** Branch, tag or hash. */
  branch: string;
  /** '' for the root. */
  path: string;
}
