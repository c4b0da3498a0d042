import {
  Branch,
  Commit,
  Contents,
  ContentsEntry,
  GitHostApi,
  Repository,
} from '../api';

export const BASE = 'http://portal.example/api/git-host/hollowbrook';

export function commit(message: string, sha = 'a'.repeat(40)): Commit {
  const signature = {
    name: 'Ana Duarte',
    email: 'ana.duarte@hollowbrook.example',
    date: '2026-03-02T10:00:00Z',
  };
  return { sha, commit: { message, author: signature, committer: signature } };
}

export function repository(
  name: string,
  extra: Partial<Repository> = {},
): Repository {
  return {
    name,
    full_name: `hollowbrook/${name}`,
    owner: { login: 'hollowbrook' },
    description: `What ${name} does`,
    empty: false,
    private: false,
    size: 12,
    default_branch: 'main',
    html_url: `${BASE}/${name}`,
    clone_url: `${BASE}/${name}.git`,
    created_at: '2026-03-01T10:00:00Z',
    latest_commit: commit('Create from the golden path\n\nChange-Id: I1'),
    ...extra,
  };
}

export function file(path: string, content: string | Uint8Array) {
  const bytes =
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const entry: ContentsEntry = {
    name: path.split('/').pop()!,
    path,
    type: 'file',
    size: bytes.length,
    content: btoa(String.fromCharCode(...bytes)),
    download_url: `${BASE}/checkout/raw/branch/main/${path}`,
  };
  return entry;
}

export function folder(path: string): ContentsEntry {
  return {
    name: path.split('/').pop()!,
    path,
    type: 'dir',
    size: 0,
    content: null,
    download_url: null,
  };
}

/** An error as the client throws it. */
export function refusal(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}

/** A git host with one branch per key of `trees`. */
export class FakeGitHostApi implements GitHostApi {
  repositories: Repository[] = [repository('checkout')];
  commits: Commit[] = [commit('Second', 'b'.repeat(40)), commit('First')];
  trees: Record<string, Record<string, Contents>> = {
    main: {
      '': [
        folder('src'),
        file('README.md', '# Read this\n\nThen run it.'),
        file('catalog-info.yaml', 'kind: Component\n'),
      ],
      src: [file('src/index.ts', 'one\ntwo\n')],
      'src/index.ts': file('src/index.ts', 'one\ntwo\n'),
      'README.md': file('README.md', '# Read this\n\nThen run it.'),
      'catalog-info.yaml': file('catalog-info.yaml', 'kind: Component\n'),
      'logo.png': file('logo.png', new Uint8Array([137, 80, 0, 1])),
      'blank.txt': file('blank.txt', ''),
    },
    'feature/deep': { '': [file('only-here.txt', 'x')] },
  };

  async listRepositories(request: { query?: string; page: number }) {
    const items = this.repositories.filter(one =>
      one.full_name.includes(request.query ?? ''),
    );
    return { items, total: items.length };
  }

  async getRepository(key: { owner: string; repo: string }) {
    const found = this.repositories.find(
      one => one.full_name === `${key.owner}/${key.repo}`,
    );
    if (!found) {
      throw refusal(404, `There is no repository ${key.owner}/${key.repo}`);
    }
    return found;
  }

  async listBranches(): Promise<Branch[]> {
    return Object.keys(this.trees).map(name => ({
      name,
      commit: { id: 'a' },
    }));
  }

  async getContents(request: { ref: string; path: string }) {
    const found = this.trees[request.ref]?.[request.path];
    if (!found) throw refusal(404, `Nothing is at ${request.path}`);
    return found;
  }

  async listCommits(request: { ref: string; path?: string; page: number }) {
    if (!this.trees[request.ref]) throw refusal(404, 'No such branch');
    const items = request.path ? this.commits.slice(1) : this.commits;
    return { items, total: items.length };
  }
}
