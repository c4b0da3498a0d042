import { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { createApiRef } from '@backstage/frontend-plugin-api';

/** A commit, as Gitea's API has it. @public */
export interface Commit {
  sha: string;
  commit: {
    message: string;
    author: { name: string; email: string; date: string };
    committer: { name: string; email: string; date: string };
  };
}

/** A repository, as Gitea's API has it. @public */
export interface Repository {
  name: string;
  full_name: string;
  owner: { login: string };
  description: string;
  /** Nothing was pushed yet. */
  empty: boolean;
  private: boolean;
  /** KiB. */
  size: number;
  default_branch: string;
  html_url: string;
  clone_url: string;
  created_at: string;
  latest_commit?: Commit;
}

/** A branch, as Gitea's API has it. @public */
export interface Branch {
  name: string;
  commit: { id: string };
}

/** A file or folder, as Gitea's API has it. @public */
export interface ContentsEntry {
  name: string;
  path: string;
  type: 'file' | 'dir' | 'symlink' | 'submodule';
  /** Bytes. */
  size: number;
  /** Base64; only of a file that is asked for alone. */
  content: string | null;
  download_url: string | null;
}

/** A folder's entries, or one file. @public */
export type Contents = ContentsEntry[] | ContentsEntry;

/** Which repository. @public */
export interface RepositoryKey {
  owner: string;
  repo: string;
}

/**
 * The git host as the browser sees it. Errors carry `statusCode`.
 * @public
 */
export interface GitHostApi {
  listRepositories(request: {
    query?: string;
    page: number;
  }): Promise<{ items: Repository[]; total: number }>;
  getRepository(key: RepositoryKey): Promise<Repository>;
  listBranches(key: RepositoryKey): Promise<Branch[]>;
  getContents(
    key: RepositoryKey & { ref: string; path: string },
  ): Promise<Contents>;
  listCommits(
    key: RepositoryKey & { ref: string; path?: string; page: number },
  ): Promise<{ items: Commit[]; total: number }>;
}

/** The git host as the browser sees it. @public */
export const gitHostApiRef = createApiRef<GitHostApi>().with({
  id: 'plugin.git-host.client',
  pluginId: 'git-host',
});

/** Entries of one page of a list. */
export const PAGE_SIZE = 20;

/** Calls the Gitea API of the embedded git host. */
export class GitHostClient implements GitHostApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async listRepositories(request: { query?: string; page: number }) {
    const { data, total } = await this.#get<{ data: Repository[] }>(
      '/repos/search',
      { q: request.query, page: request.page, limit: PAGE_SIZE },
    );
    return { items: data.data, total };
  }

  async getRepository(key: RepositoryKey) {
    return (await this.#get<Repository>(pathOf(key))).data;
  }

  async listBranches(key: RepositoryKey) {
    return (await this.#get<Branch[]>(`${pathOf(key)}/branches`)).data;
  }

  async getContents(request: RepositoryKey & { ref: string; path: string }) {
    const path = request.path.split('/').map(encodeURIComponent).join('/');
    const { data } = await this.#get<Contents>(
      `${pathOf(request)}/contents/${path}`,
      { ref: request.ref },
    );
    return data;
  }

  async listCommits(
    request: RepositoryKey & { ref: string; path?: string; page: number },
  ) {
    const { data, total } = await this.#get<Commit[]>(
      `${pathOf(request)}/commits`,
      {
        sha: request.ref,
        path: request.path,
        page: request.page,
        limit: PAGE_SIZE,
      },
    );
    return { items: data, total };
  }

  async #get<T>(
    path: string,
    query: Record<string, string | number | undefined> = {},
  ): Promise<{ data: T; total: number }> {
    const base = await this.#discoveryApi.getBaseUrl('git-host');
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') params.set(name, String(value));
    }
    const response = await this.#fetchApi.fetch(
      `${base}/api/v1${path}?${params}`,
    );
    const body = await response.json().catch(() => ({}));
    if (!response.ok) {
      const message =
        body.message ?? body.error?.message ?? response.statusText;
      throw Object.assign(new Error(message), { statusCode: response.status });
    }
    return {
      data: body,
      total: Number(response.headers.get('X-Total-Count') ?? 0),
    };
  }
}

function pathOf({ owner, repo }: RepositoryKey): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`;
}
