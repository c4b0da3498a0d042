import { randomUUID } from 'node:crypto';
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { runGit } from '../git/runGit';
import { isName } from './names';

/** Branch of the first commit when nobody says otherwise. */
export const DEFAULT_BRANCH = 'main';

/** What is known of a repository apart from its commits. */
export interface RepositoryRecord {
  owner: string;
  name: string;
  description: string;
  /** Not for anonymous readers. */
  private: boolean;
  createdAt: string;
  /** Absolute path of the bare repository. */
  path: string;
}

const METADATA = 'git-host.json';
const STAGING = '.staging';
/** No creation or deletion takes as long. */
const STALE_MS = 10 * 60 * 1000;

const metadataSchema = z.object({
  description: z.string(),
  private: z.boolean(),
  createdAt: z.string(),
});

/**
 * Bare repositories in a folder, as `<owner>/<name>.git`. A repository is made
 * complete in a staging folder and moved into place, which either happens or
 * does not: neither a crash nor a second creation of the same name can leave
 * half of one. Replicas may share the folder.
 */
export class RepositoryStore {
  readonly #directory: string;
  readonly #organizations: string[];

  constructor(options: { directory: string; organizations: string[] }) {
    this.#directory = options.directory;
    this.#organizations = options.organizations;
  }

  /** Makes the folders and removes what a killed process left in staging. */
  async prepare(): Promise<void> {
    const staging = join(this.#directory, STAGING);
    for (const folder of [staging, ...this.#organizations.map(this.#folder)]) {
      await mkdir(folder, { recursive: true, mode: 0o750 });
    }
    for (const name of await readdir(staging)) {
      const path = join(staging, name);
      const info = await stat(path).catch(() => undefined);
      if (info && Date.now() - info.mtimeMs > STALE_MS) {
        await rm(path, { recursive: true, force: true });
      }
    }
  }

  /** Names of the organisations that own repositories. */
  get organizations(): string[] {
    return this.#organizations;
  }

  /** @throws ConflictError when the name is taken */
  async create(
    request: Pick<
      RepositoryRecord,
      'owner' | 'name' | 'description' | 'private'
    >,
  ): Promise<RepositoryRecord> {
    const { owner, name, description } = request;
    const path = this.#path(owner, name);
    if (await this.find(owner, name)) throw taken(owner, name);
    const staged = join(this.#directory, STAGING, randomUUID());
    const createdAt = new Date().toISOString();
    try {
      await mkdir(staged, { mode: 0o750 });
      await runGit(staged, [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--initial-branch=${DEFAULT_BRANCH}`,
        '.',
      ]);
      const metadata = { description, private: request.private, createdAt };
      await writeFile(join(staged, METADATA), JSON.stringify(metadata));
      await rename(staged, path);
    } catch (error) {
      await rm(staged, { recursive: true, force: true });
      const { code } = error as NodeJS.ErrnoException;
      throw code === 'ENOTEMPTY' || code === 'EEXIST'
        ? taken(owner, name)
        : error;
    }
    return { ...request, createdAt, path };
  }

  /** Moves the repository out of sight, then removes it. */
  async remove(owner: string, name: string): Promise<void> {
    const { path } = await this.get(owner, name);
    const staged = join(this.#directory, STAGING, randomUUID());
    await rename(path, staged);
    await rm(staged, { recursive: true, force: true });
  }

  /** @throws NotFoundError when there is none of that name */
  async get(owner: string, name: string): Promise<RepositoryRecord> {
    const record = await this.find(owner, name);
    if (!record) {
      throw new NotFoundError(`There is no repository ${owner}/${name}`);
    }
    return record;
  }

  /** The repository, or undefined when there is none of that name. */
  async find(
    owner: string,
    name: string,
  ): Promise<RepositoryRecord | undefined> {
    if (!this.#organizations.includes(owner) || !isName(name)) return undefined;
    const path = this.#path(owner, name);
    let text: string;
    try {
      text = await readFile(join(path, METADATA), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    return { owner, name, path, ...metadataSchema.parse(JSON.parse(text)) };
  }

  /** All repositories, by owner and name. */
  async list(owner?: string): Promise<RepositoryRecord[]> {
    const owners = this.#organizations
      .filter(one => owner === undefined || one === owner)
      .sort();
    const records: RepositoryRecord[] = [];
    for (const one of owners) {
      const names = (await readdir(this.#folder(one)))
        .filter(file => file.endsWith('.git'))
        .map(file => file.slice(0, -'.git'.length))
        .sort();
      for (const name of names) {
        const record = await this.find(one, name);
        if (record) records.push(record);
      }
    }
    return records;
  }

  readonly #folder = (owner: string): string => join(this.#directory, owner);

  #path(owner: string, name: string): string {
    return join(this.#folder(owner), `${name}.git`);
  }
}

function taken(owner: string, name: string): ConflictError {
  return new ConflictError(
    `The repository with the same name already exists: ${owner}/${name}`,
  );
}
