import { InputError, NotFoundError } from '@backstage/errors';
import { canonicalJson } from '@handrail/journal';
import type { Knex } from 'knex';
import { revisionHash } from '../hashing';
import { LruMap } from '../LruMap';
import { DbRevision, toRevision } from '../rows';
import { Revision, RunStore } from '../RunStore';

/** Revisions by the hash of their content. They never change, so they are cached. */
export class Revisions {
  readonly #cache = new LruMap<string, Revision>(500);

  constructor(private readonly knex: Knex) {}

  async save(
    revision: Parameters<RunStore['saveRevision']>[0],
    now: string,
  ): Promise<Revision> {
    const hash = revisionHash(revision.spec);
    if (revision.hash !== undefined && revision.hash !== hash) {
      throw new InputError(
        `The hash of the revision is ${revision.hash}; its spec has the hash ${hash}`,
      );
    }
    const known = this.#cache.get(hash);
    if (known) {
      return known;
    }
    await this.knex<DbRevision>('sop_revision')
      .insert({
        hash,
        sop_ref: revision.sopRef,
        title: revision.title,
        number: revision.number ?? null,
        label: revision.label ?? null,
        owner: revision.spec.owner,
        spec: canonicalJson(revision.spec),
        created_at: now,
      })
      .onConflict('hash')
      .ignore();
    return this.get(hash);
  }

  /**
   * @param db - the transaction the caller is in, if any
   * @throws NotFoundError
   */
  async get(hash: string, db: Knex = this.knex): Promise<Revision> {
    const known = this.#cache.get(hash);
    if (known) {
      return known;
    }
    const row = await db<DbRevision>('sop_revision').where({ hash }).first();
    if (!row) {
      throw new NotFoundError(`There is no revision ${hash}`);
    }
    const revision = toRevision(row);
    this.#cache.set(hash, revision);
    return revision;
  }
}
