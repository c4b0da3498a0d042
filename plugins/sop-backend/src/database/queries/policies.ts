import { canonicalJson } from '@handrail/journal';
import { PolicyRevision, SopPolicySpec } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';

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
