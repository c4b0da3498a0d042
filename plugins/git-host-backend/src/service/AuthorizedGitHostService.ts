import { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  gitHostRepositoryCreatePermission,
  gitHostRepositoryReadPermission,
} from '../permissions';
import { RepositoryReader } from '../repositories/RepositoryReader';
import {
  CallOptions,
  CreateRepositoryRequest,
  GitHostService,
  ListRepositoriesRequest,
  PushStage,
  RepositoryKey,
  RepositoryView,
} from './GitHostService';

/**
 * Who may do what. Accounts may do everything. Callers with a token of the
 * portal may read and create as the permission framework says, and never push
 * or delete. Anonymous callers may read public repositories where that is
 * configured; of others they do not even learn that they exist.
 */
export class AuthorizedGitHostService implements GitHostService {
  readonly #service: GitHostService;
  readonly #permissions: PermissionsService;
  readonly #anonymousRead: boolean;

  constructor(
    service: GitHostService,
    options: { permissions: PermissionsService; anonymousRead: boolean },
  ) {
    this.#service = service;
    this.#permissions = options.permissions;
    this.#anonymousRead = options.anonymousRead;
  }

  async assertOrganization(name: string, options: CallOptions): Promise<void> {
    await this.#assertReader(options);
    return this.#service.assertOrganization(name, options);
  }

  async listRepositories(
    request: ListRepositoriesRequest,
    options: CallOptions,
  ): Promise<{ items: RepositoryView[]; total: number }> {
    await this.#assertReader(options);
    const onlyPublic = options.caller.type === 'anonymous';
    return this.#service.listRepositories({ ...request, onlyPublic }, options);
  }

  async getRepository(
    key: RepositoryKey,
    options: CallOptions,
  ): Promise<RepositoryView> {
    await this.openRepository(key, options);
    return this.#service.getRepository(key, options);
  }

  async openRepository(
    key: RepositoryKey,
    options: CallOptions,
  ): Promise<RepositoryReader> {
    await this.#assertReader(options);
    if (options.caller.type !== 'anonymous') {
      return this.#service.openRepository(key, options);
    }
    const reader = await this.#service
      .openRepository(key, options)
      .catch(() => undefined);
    if (!reader || reader.record.private) throw unknownCaller();
    return reader;
  }

  async createRepository(
    request: CreateRepositoryRequest,
    options: CallOptions,
  ): Promise<RepositoryView> {
    const { caller } = options;
    if (caller.type === 'anonymous') throw unknownCaller();
    if (caller.type === 'backstage') {
      await this.#assertPermission(
        gitHostRepositoryCreatePermission,
        'create repositories',
        caller,
      );
    }
    return this.#service.createRepository(request, options);
  }

  async deleteRepository(
    key: RepositoryKey,
    options: CallOptions,
  ): Promise<void> {
    assertAccount('delete repositories', options);
    return this.#service.deleteRepository(key, options);
  }

  async push(
    request: RepositoryKey & { stage: PushStage },
    options: CallOptions,
    transfer: (path: string) => Promise<void>,
  ): Promise<void> {
    assertAccount('push', options);
    return this.#service.push(request, options, transfer);
  }

  async #assertReader({ caller }: CallOptions): Promise<void> {
    if (caller.type === 'anonymous' && !this.#anonymousRead) {
      throw unknownCaller();
    }
    if (caller.type === 'backstage') {
      await this.#assertPermission(
        gitHostRepositoryReadPermission,
        'see repositories',
        caller,
      );
    }
  }

  async #assertPermission(
    permission: BasicPermission,
    words: string,
    caller: Extract<CallOptions['caller'], { type: 'backstage' }>,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not ${words}: the permission ${permission.name} is denied to you.`,
      );
    }
  }
}

function assertAccount(words: string, { caller }: CallOptions): void {
  if (caller.type === 'anonymous') throw unknownCaller();
  if (caller.type === 'backstage') {
    throw new NotAllowedError(
      `Only an account of the git host may ${words}; a token of the portal may read`,
    );
  }
}

function unknownCaller(): AuthenticationError {
  return new AuthenticationError(
    'Say who you are: with the name and password of an account of the git host, or with a token of the portal',
  );
}
