import type { Knex } from 'knex';
import { Clock } from './dialect';

/** A duty that this replica may fire. */
export interface ClaimedObligation {
  incidentId: string;
  obligationId: string;
  /** Grows with each claim; a claimer with an older one is too late. */
  fence: number;
}

/** Takes hold of duties whose time has come, so that one replica fires each. */
export async function claimObligations(
  knex: Knex,
  clock: Clock,
  options: { owner: string; limit: number; leaseMs: number },
): Promise<ClaimedObligation[]> {
  const { owner, limit, leaseMs } = options;
  const now = await clock.now(knex);
  const until = new Date(Date.parse(now) + leaseMs).toISOString();
  const free = (query: Knex.QueryBuilder) =>
    query
      .where('next_at', '<=', now)
      .where(lease =>
        lease.whereNull('lease_until').orWhere('lease_until', '<', now),
      );
  const due = await free(knex('obligation'))
    .orderBy('next_at')
    .limit(limit)
    .select('incident_id', 'obligation_id', 'fence');
  const claimed: ClaimedObligation[] = [];
  for (const { incident_id, obligation_id, fence } of due) {
    const won = await free(
      knex('obligation').where({ incident_id, obligation_id, fence }),
    ).update({
      lease_until: until,
      lease_owner: owner,
      fence: fence + 1,
    });
    if (won) {
      claimed.push({
        incidentId: incident_id,
        obligationId: obligation_id,
        fence: fence + 1,
      });
    }
  }
  return claimed;
}

/** Whether the claim still holds; to be asked inside the transaction. */
export async function holdsFence(
  tx: Knex,
  { incidentId, obligationId, fence }: ClaimedObligation,
): Promise<boolean> {
  const row = await tx('obligation')
    .where({ incident_id: incidentId, obligation_id: obligationId })
    .first('fence');
  return row?.fence === fence;
}
