import { canonicalJson } from '@handrail/journal';
import { PolicyRevision, SopPolicySpec } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';

/** Names in one statement. */
const MAX_HASHES = 500;

/** The table `sop_policy`. */
interface DbPolicy {
  hash: string;
  ref: string;
  title: string;
  spec: string;
  created_at: Date | string;
}

/** Keeps wordings; does nothing about those that are kept already. */
export async function savePolicies(
  knex: Knex,
  policies: readonly PolicyRevision[],
  now: string,
): Promise<void> {
  if (policies.length === 0) {
    return;
  }
  await knex<DbPolicy>('sop_policy')
    .insert(
      policies.map(({ hash, ref, title, spec }) => ({
        hash,
        ref,
        title,
        spec: canonicalJson(spec, 'spec'),
        created_at: now,
      })),
    )
    .onConflict('hash')
    .ignore();
}

/** A wording as it is kept: `spec` is the text that was hashed. */
export type StoredPolicy = Pick<DbPolicy, 'hash' | 'ref' | 'title' | 'spec'>;

/** @returns those that are kept, in the order of their refs */
export async function readPolicies(
  knex: Knex,
  hashes: readonly string[],
): Promise<StoredPolicy[]> {
  const found: StoredPolicy[] = [];
  for (let i = 0; i < hashes.length; i += MAX_HASHES) {
    found.push(
      ...(await knex<DbPolicy>('sop_policy')
        .whereIn('hash', hashes.slice(i, i + MAX_HASHES))
        .select('hash', 'ref', 'title', 'spec')),
    );
  }
  return found.sort(
    (a, b) => a.ref.localeCompare(b.ref) || a.hash.localeCompare(b.hash),
  );
}

/** Every wording that a run may refer to. */
export async function listPolicies(knex: Knex): Promise<PolicyRevision[]> {
  const rows = await knex<DbPolicy>('sop_policy').orderBy('ref');
  return rows.map(({ hash, ref, title, spec }) => ({
    hash,
    ref,
    title,
    spec: JSON.parse(spec) as SopPolicySpec,
  }));
}
