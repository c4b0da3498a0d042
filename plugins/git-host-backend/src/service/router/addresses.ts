import { RepositoryKey } from '../GitHostService';

/** Addresses of the git host and of its page in the portal. */
export class Addresses {
  readonly #baseUrl: string;
  readonly #appUrl: string;

  /**
   * @param options - `baseUrl` is where the plugin is reached from outside,
   * `appUrl` where the front end is
   */
  constructor(options: { baseUrl: string; appUrl: string }) {
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#appUrl = options.appUrl.replace(/\/+$/, '');
  }

  repository({ owner, name }: RepositoryKey): string {
    return `${this.#baseUrl}/${owner}/${name}`;
  }

  clone(key: RepositoryKey): string {
    return `${this.repository(key)}.git`;
  }

  /** A file or folder of a branch, as Gitea names it. */
  source(key: RepositoryKey, ref: string, path: string): string {
    return `${this.repository(key)}/src/branch/${segments(ref)}/${segments(
      path,
    )}`;
  }

  raw(key: RepositoryKey, ref: string, path: string): string {
    return `${this.repository(key)}/raw/branch/${segments(ref)}/${segments(
      path,
    )}`;
  }

  apiRepository({ owner, name }: RepositoryKey): string {
    return `${this.#baseUrl}/api/v1/repos/${owner}/${name}`;
  }

  /** The page for people. */
  page({ owner, name }: RepositoryKey, query: Record<string, string>): string {
    const text = new URLSearchParams(query).toString();
    const page = `${this.#appUrl}/repositories/${encodeURIComponent(
      owner,
    )}/${encodeURIComponent(name)}`;
    return text ? `${page}?${text}` : page;
  }
}

function segments(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
