import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { ForwardedError, isError } from '@backstage/errors';
import { RepositoryReader } from '../repositories/RepositoryReader';
import {
  Caller,
  CallOptions,
  CreateRepositoryRequest,
  GitHostService,
  ListRepositoriesRequest,
  PushStage,
  RepositoryKey,
  RepositoryView,
} from './GitHostService';

/**
 * Writes one audit event per attempt to create, delete or push, refused or not.
 * Reading is not audited.
 */
export class AuditedGitHostService implements GitHostService {
  readonly #service: GitHostService;
  readonly #auditor: AuditorService;

  constructor(service: GitHostService, auditor: AuditorService) {
    this.#service = service;
    this.#auditor = auditor;
  }

  assertOrganization(name: string, options: CallOptions): Promise<void> {
    return this.#service.assertOrganization(name, options);
  }

  listRepositories(
    request: ListRepositoriesRequest,
    options: CallOptions,
  ): Promise<{ items: RepositoryView[]; total: number }> {
    return this.#service.listRepositories(request, options);
  }

  getRepository(
    key: RepositoryKey,
    options: CallOptions,
  ): Promise<RepositoryView> {
    return this.#service.getRepository(key, options);
  }

  openRepository(
    key: RepositoryKey,
    options: CallOptions,
  ): Promise<RepositoryReader> {
    return this.#service.openRepository(key, options);
  }

  createRepository(
    request: CreateRepositoryRequest,
    options: CallOptions,
  ): Promise<RepositoryView> {
    return this.#audit('create', 'medium', request, options, () =>
      this.#service.createRepository(request, options),
    );
  }

  deleteRepository(key: RepositoryKey, options: CallOptions): Promise<void> {
    return this.#audit('delete', 'high', key, options, () =>
      this.#service.deleteRepository(key, options),
    );
  }

  push(
    request: RepositoryKey & { stage: PushStage },
    options: CallOptions,
    transfer: (path: string) => Promise<void>,
  ): Promise<void> {
    const attempt = () => this.#service.push(request, options, transfer);
    // git asks without credentials first, always; nobody has tried anything yet.
    const isQuestion =
      request.stage === 'negotiate' && options.caller.type === 'anonymous';
    return isQuestion
      ? attempt()
      : this.#audit('push', 'medium', request, options, attempt);
  }

  async #audit<T>(
    actionType: string,
    severityLevel: AuditorServiceEventSeverityLevel,
    request: RepositoryKey & { stage?: PushStage },
    { caller }: CallOptions,
    attempt: () => Promise<T>,
  ): Promise<T> {
    // Without the request: its Authorization header is not the portal's.
    const audit = await this.#auditor.createEvent({
      eventId: 'repository',
      severityLevel,
      meta: {
        actionType,
        repository: `${request.owner}/${request.name}`,
        caller: nameOf(caller),
        ...(request.stage ? { stage: request.stage } : {}),
      },
    });
    let result: T;
    try {
      result = await attempt();
    } catch (error) {
      await audit.fail({
        error: isError(error) ? error : new ForwardedError('Refused', error),
      });
      throw error;
    }
    await audit.success();
    return result;
  }
}

function nameOf(caller: Caller): string {
  if (caller.type === 'account') return `account:${caller.username}`;
  if (caller.type === 'anonymous') return 'anonymous';
  const { principal } = caller.credentials;
  return principal.type === 'user'
    ? principal.userEntityRef
    : principal.subject;
}
