import { InputError, NotFoundError } from '@backstage/errors';
import { assertName } from '../repositories/names';
import { RepositoryReader } from '../repositories/RepositoryReader';
import {
  RepositoryRecord,
  RepositoryStore,
} from '../repositories/RepositoryStore';
import {
  CallOptions,
  CreateRepositoryRequest,
  GitHostService,
  ListRepositoriesRequest,
  PushStage,
  RepositoryKey,
  RepositoryView,
} from './GitHostService';
import { mapLimited } from './mapLimited';

const MAX_DESCRIPTION = 2048;
/** git processes for one list at the same time. */
const CONCURRENCY = 4;

/** The rules of the git host, without asking who is calling. */
export class DefaultGitHostService implements GitHostService {
  readonly #store: RepositoryStore;

  constructor(store: RepositoryStore) {
    this.#store = store;
  }

  async assertOrganization(name: string): Promise<void> {
    if (!this.#store.organizations.includes(name)) {
      throw new NotFoundError(
        `There is no organisation ${name}; configured in gitHost.organizations are ${this.#store.organizations.join(
          ', ',
        )}`,
      );
    }
  }

  async listRepositories(
    request: ListRepositoriesRequest,
  ): Promise<{ items: RepositoryView[]; total: number }> {
    const { owner, page, limit, onlyPublic } = request;
    const query = request.query?.trim().toLowerCase() ?? '';
    const records = (await this.#store.list(owner)).filter(
      one =>
        !(onlyPublic && one.private) &&
        `${one.owner}/${one.name}\n${one.description}`
          .toLowerCase()
          .includes(query),
    );
    const items = await mapLimited(
      records.slice((page - 1) * limit, page * limit),
      CONCURRENCY,
      describe,
    );
    return { items, total: records.length };
  }

  async getRepository(key: RepositoryKey): Promise<RepositoryView> {
    return describe(await this.#store.get(key.owner, key.name));
  }

  async openRepository(key: RepositoryKey): Promise<RepositoryReader> {
    return new RepositoryReader(await this.#store.get(key.owner, key.name));
  }

  async createRepository(
    request: CreateRepositoryRequest,
  ): Promise<RepositoryView> {
    await this.assertOrganization(request.owner);
    assertName('name', request.name);
    const { length } = request.description;
    if (length > MAX_DESCRIPTION) {
      throw new InputError(
        `description has ${length} characters; expected at most ${MAX_DESCRIPTION}`,
      );
    }
    return describe(await this.#store.create(request));
  }

  async deleteRepository(key: RepositoryKey): Promise<void> {
    await this.#store.remove(key.owner, key.name);
  }

  async push(
    request: RepositoryKey & { stage: PushStage },
    _options: CallOptions,
    transfer: (path: string) => Promise<void>,
  ): Promise<void> {
    const reader = await this.openRepository(request);
    await transfer(reader.record.path);
    if (request.stage === 'transfer') await reader.adoptDefaultBranch();
  }
}

async function describe(record: RepositoryRecord): Promise<RepositoryView> {
  const reader = new RepositoryReader(record);
  const [defaultBranch, branches, size] = [
    await reader.defaultBranch(),
    await reader.listBranches(),
    await reader.size(),
  ];
  const tip = branches.find(one => one.name === defaultBranch);
  const { owner, name, description, createdAt } = record;
  return {
    owner,
    name,
    description,
    private: record.private,
    createdAt,
    defaultBranch,
    empty: !tip,
    size,
    latestCommit: tip && (await reader.commit(tip.sha)),
  };
}
