import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { Commit } from '../repositories/model';
import { RepositoryReader } from '../repositories/RepositoryReader';

/** Who is asking. */
export type Caller =
  | { type: 'anonymous' }
  /** With the password of a configured account. */
  | { type: 'account'; username: string }
  /** With a token of the portal. */
  | {
      type: 'backstage';
      credentials: BackstageCredentials<
        BackstageUserPrincipal | BackstageServicePrincipal
      >;
    };

export interface CallOptions {
  caller: Caller;
}

/** Which repository. */
export interface RepositoryKey {
  owner: string;
  name: string;
}

/** A repository as lists and pages show it. */
export interface RepositoryView extends RepositoryKey {
  description: string;
  private: boolean;
  createdAt: string;
  defaultBranch: string;
  /** Nothing was pushed to the default branch. */
  empty: boolean;
  /** KiB. */
  size: number;
  latestCommit?: Commit;
}

export interface CreateRepositoryRequest extends RepositoryKey {
  description: string;
  private: boolean;
}

export interface ListRepositoriesRequest {
  owner?: string;
  /** Part of `owner/name` or of the description, in any case. */
  query?: string;
  /** From 1. */
  page: number;
  limit: number;
  /** Leave out private ones. */
  onlyPublic?: boolean;
}

/** The two requests of a push. */
export type PushStage = 'negotiate' | 'transfer';

/**
 * What the git host does. Every method throws AuthenticationError for callers
 * who have to say who they are, NotAllowedError for those who may not, and
 * NotFoundError where there is nothing.
 */
export interface GitHostService {
  /** @throws NotFoundError when it is not configured */
  assertOrganization(name: string, options: CallOptions): Promise<void>;

  listRepositories(
    request: ListRepositoriesRequest,
    options: CallOptions,
  ): Promise<{ items: RepositoryView[]; total: number }>;

  getRepository(
    key: RepositoryKey,
    options: CallOptions,
  ): Promise<RepositoryView>;

  /** For reading branches, commits and files. */
  openRepository(
    key: RepositoryKey,
    options: CallOptions,
  ): Promise<RepositoryReader>;

  /**
   * @throws ConflictError when the name is taken
   * @throws InputError when it is not allowed
   */
  createRepository(
    request: CreateRepositoryRequest,
    options: CallOptions,
  ): Promise<RepositoryView>;

  deleteRepository(key: RepositoryKey, options: CallOptions): Promise<void>;

  /** Calls `transfer` with the path of the repository if the caller may push. */
  push(
    request: RepositoryKey & { stage: PushStage },
    options: CallOptions,
    transfer: (path: string) => Promise<void>,
  ): Promise<void>;
}
