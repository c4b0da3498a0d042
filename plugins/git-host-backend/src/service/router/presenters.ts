import { Branch, Commit, Signature, TreeEntry } from '../../repositories/model';
import { RepositoryKey, RepositoryView } from '../GitHostService';
import { Addresses } from './addresses';

/** Forms of Gitea's API, version 1. `latest_commit` is ours. */
export class Presenter {
  readonly #addresses: Addresses;

  constructor(addresses: Addresses) {
    this.#addresses = addresses;
  }

  organization(name: string) {
    return { name, username: name, full_name: name, visibility: 'public' };
  }

  repository(view: RepositoryView) {
    const { owner, name, description, empty, size, createdAt } = view;
    return {
      name,
      full_name: `${owner}/${name}`,
      owner: { login: owner, username: owner },
      description,
      empty,
      private: view.private,
      size,
      default_branch: view.defaultBranch,
      html_url: this.#addresses.repository(view),
      url: this.#addresses.apiRepository(view),
      clone_url: this.#addresses.clone(view),
      created_at: createdAt,
      updated_at: view.latestCommit?.committer.date ?? createdAt,
      latest_commit: view.latestCommit && this.commit(view, view.latestCommit),
    };
  }

  branch({ name, sha, date, subject }: Branch) {
    return {
      name,
      commit: { id: sha, message: subject, timestamp: date },
      protected: false,
    };
  }

  commit(key: RepositoryKey, commit: Commit) {
    const { sha, parents, author, committer, message } = commit;
    const url = (hash: string) =>
      `${this.#addresses.apiRepository(key)}/git/commits/${hash}`;
    const signature = ({ name, email, date }: Signature) => ({
      name,
      email,
      date,
    });
    return {
      sha,
      url: url(sha),
      html_url: `${this.#addresses.repository(key)}/commit/${sha}`,
      created: committer.date,
      commit: {
        url: url(sha),
        message,
        author: signature(author),
        committer: signature(committer),
      },
      parents: parents.map(hash => ({ sha: hash, url: url(hash) })),
    };
  }

  /** @param content - of a file when it is asked for alone */
  entry(key: RepositoryKey, ref: string, entry: TreeEntry, content?: Buffer) {
    const { type, name, path, sha, size } = entry;
    return {
      name,
      path,
      sha,
      type,
      size,
      encoding: content ? 'base64' : null,
      content: content ? content.toString('base64') : null,
      url: `${this.#addresses.apiRepository(
        key,
      )}/contents/${path}?ref=${encodeURIComponent(ref)}`,
      html_url: this.#addresses.source(key, ref, path),
      download_url:
        type === 'file' ? this.#addresses.raw(key, ref, path) : null,
    };
  }
}
