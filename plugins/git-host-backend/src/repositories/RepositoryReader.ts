import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { InputError, NotFoundError } from '@backstage/errors';
import { GitError, runGit, streamGit } from '../git/runGit';
import { Branch, Commit, Contents, TreeEntry } from './model';
import { assertPath, assertRefName } from './names';
import { parseBranches, parseCommits, parseTree, COMMIT_FORMAT } from './parse';
import { DEFAULT_BRANCH, RepositoryRecord } from './RepositoryStore';

/** The largest file that is returned inside of JSON, in bytes. */
const MAX_INLINE = 10 * 1024 * 1024;

/** Reads branches, commits and files of one repository. */
export class RepositoryReader {
  readonly record: RepositoryRecord;

  constructor(record: RepositoryRecord) {
    this.record = record;
  }

  /** Branches, by name. */
  async listBranches(): Promise<Branch[]> {
    return parseBranches(
      await this.#git(
        'for-each-ref',
        '--format=%(refname:lstrip=2)%00%(objectname)%00%(committerdate:iso-strict)%00%(contents:subject)',
        'refs/heads',
      ),
    );
  }

  /** The branch that a clone checks out. */
  async defaultBranch(): Promise<string> {
    const head = await this.#git('symbolic-ref', 'HEAD');
    return head.toString().trim().replace('refs/heads/', '') || DEFAULT_BRANCH;
  }

  /**
   * Makes the first branch that was pushed the default one when the default one
   * has no commit, as after a push of `trunk` to a new repository.
   */
  async adoptDefaultBranch(): Promise<void> {
    const [current, branches] = [
      await this.defaultBranch(),
      await this.listBranches(),
    ];
    if (branches.length > 0 && !branches.some(one => one.name === current)) {
      await this.#git('symbolic-ref', 'HEAD', `refs/heads/${branches[0].name}`);
    }
  }

  /**
   * The commit that a branch, a tag or a hash stands for.
   * @param ref - the default branch when absent
   * @throws NotFoundError when there is none
   */
  async resolve(ref?: string): Promise<string> {
    const name = assertRefName(ref ?? (await this.defaultBranch()));
    const candidates = [`refs/heads/${name}`, `refs/tags/${name}`];
    if (/^[0-9a-f]{7,64}$/.test(name)) candidates.push(name);
    for (const candidate of candidates) {
      try {
        const sha = await this.#git(
          'rev-parse',
          '--verify',
          '--quiet',
          `${candidate}^{commit}`,
        );
        return sha.toString().trim();
      } catch (error) {
        if (!(error instanceof GitError)) throw error;
      }
    }
    const { owner, name: repository } = this.record;
    throw new NotFoundError(
      `${owner}/${repository} has no branch, tag or commit ${name}`,
    );
  }

  /**
   * Splits `branch/path` where branch names have slashes too.
   * @throws NotFoundError when it begins with no branch
   */
  async splitBranchPath(
    branchPath: string,
  ): Promise<{ branch: string; path: string }> {
    const branches = await this.listBranches();
    const branch = branches
      .map(one => one.name)
      .sort((a, b) => b.length - a.length)
      .find(name => branchPath === name || branchPath.startsWith(`${name}/`));
    if (!branch) {
      const { owner, name } = this.record;
      throw new NotFoundError(
        `${owner}/${name} has no branch at the beginning of ${branchPath}`,
      );
    }
    return { branch, path: assertPath(branchPath.slice(branch.length)) };
  }

  /** @throws NotFoundError when there is nothing at the path */
  async contents(commit: string, path: string): Promise<Contents> {
    const clean = assertPath(path);
    if (!clean) return this.#folder(commit, '');
    const entries = parseTree(
      await this.#git('ls-tree', '-z', '-l', commit, '--', clean),
    );
    const entry = entries.find(one => one.path === clean);
    if (!entry) {
      const { owner, name } = this.record;
      throw new NotFoundError(
        `${owner}/${name} has no ${clean} at ${commit.slice(0, 10)}`,
      );
    }
    return entry.type === 'dir'
      ? this.#folder(entry.sha, `${clean}/`)
      : { type: 'file', entry };
  }

  /**
   * The bytes of a file.
   * @throws InputError when it is too large to be held in memory
   */
  async blob(entry: TreeEntry): Promise<Buffer> {
    if (entry.size > MAX_INLINE) {
      throw new InputError(
        `${entry.path} has ${entry.size} bytes; at most ${MAX_INLINE} are returned as JSON, read it with raw instead`,
      );
    }
    return this.#git('cat-file', 'blob', entry.sha);
  }

  /** The bytes of a file as a stream. */
  streamBlob(entry: TreeEntry): Readable {
    return streamGit(this.record.path, ['cat-file', 'blob', entry.sha]);
  }

  /** All files of a commit below a folder `<name>/`, as a compressed tar. */
  streamArchive(commit: string): Readable {
    const tar = streamGit(this.record.path, [
      'archive',
      '--format=tar',
      `--prefix=${this.record.name}/`,
      commit,
    ]);
    const gzip = createGzip();
    tar.on('error', error => gzip.destroy(error));
    gzip.on('close', () => tar.destroy());
    return tar.pipe(gzip);
  }

  /** One commit. */
  async commit(sha: string): Promise<Commit> {
    const [commit] = await this.#log(['--max-count=1', sha]);
    return commit;
  }

  /** Newest first, only those that changed the path if one is given. */
  async listCommits(
    sha: string,
    options: { path?: string; page: number; limit: number },
  ): Promise<{ items: Commit[]; total: number }> {
    const { page, limit } = options;
    const path = assertPath(options.path ?? '');
    const filter = path ? ['--', path] : [];
    const count = await this.#git('rev-list', '--count', sha, ...filter);
    const items = await this.#log([
      `--max-count=${limit}`,
      `--skip=${(page - 1) * limit}`,
      sha,
      ...filter,
    ]);
    return { items, total: Number(count.toString()) };
  }

  /** What the repository takes on disk, in KiB. */
  async size(): Promise<number> {
    const text = (await this.#git('count-objects', '-v')).toString();
    const of = (key: string) =>
      Number(new RegExp(`^${key}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
    return of('size') + of('size-pack');
  }

  async #folder(tree: string, prefix: string): Promise<Contents> {
    const entries = parseTree(await this.#git('ls-tree', '-z', '-l', tree));
    return {
      type: 'dir',
      entries: entries.map(one => ({ ...one, path: prefix + one.path })),
    };
  }

  async #log(args: string[]): Promise<Commit[]> {
    return parseCommits(
      await this.#git('log', '-z', `--format=${COMMIT_FORMAT}`, ...args),
    );
  }

  #git(...args: string[]): Promise<Buffer> {
    return runGit(this.record.path, args);
  }
}
