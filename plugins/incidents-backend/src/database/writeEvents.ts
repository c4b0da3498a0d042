import { chainEvents, JournalEvent, JournalHead } from '@handrail/journal';
import {
  AnyIncidentEvent,
  IncidentState,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import { incidentGenesis, journal } from './journal';
import { addToOutbox, OutboxMessage } from './outbox';
import { CHILD_TABLES, Projection, projectIncident, Row } from './projections';

/** Turns what happened into what others are told. */
export type Announce = (
  state: IncidentState,
  events: AnyIncidentEvent[],
) => OutboxMessage[];

/** What is written in one go. */
export interface Write {
  before?: IncidentState;
  after: IncidentState;
  events: AnyIncidentEvent[];
  commandId?: string;
  /** Only of a new incident. */
  startKey?: string;
  messages: OutboxMessage[];
}

/** Events, all that is derived from them, and messages, in one transaction. */
export async function writeEvents(tx: Knex, write: Write): Promise<void> {
  const { before, after, events, commandId } = write;
  const { incidentId } = after;
  const genesis = incidentGenesis(after);
  const head: JournalHead = (before
    ? await journal.head(tx, incidentId)
    : undefined) ?? { seq: 0, hash: genesis };
  const chained = chainEvents(
    head.hash,
    events as unknown as JournalEvent<object>[],
  );
  await journal.append(tx, incidentId, chained, commandId);
  await writeProjection(
    tx,
    before && projectIncident(before),
    projectIncident(after),
    {
      genesis,
      head: chained[chained.length - 1].hash,
      ...(before ? {} : { start_key: write.startKey ?? null }),
    },
  );
  await addToOutbox(tx, write.messages, after.updatedAt);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function writeProjection(
  tx: Knex,
  before: Projection | undefined,
  after: Projection,
  more: Row,
): Promise<void> {
  const id = { incident_id: after.incident.incident_id };
  if (before) {
    await tx('incident')
      .where(id)
      .update({ ...after.incident, ...more });
  } else {
    await tx('incident').insert({ ...after.incident, ...more });
  }
  for (const table of CHILD_TABLES) {
    if (!same(before?.[table] ?? [], after[table])) {
      await tx(table).where(id).delete();
      if (after[table].length) {
        await tx(table).insert(after[table]);
      }
    }
  }
  const known = new Map(
    before?.obligation.map(row => [row.obligation_id, row]) ?? [],
  );
  const changed = after.obligation.filter(
    row => !same(known.get(row.obligation_id), row),
  );
  for (const row of changed) {
    // What was claimed is done; the fence stays, so that a claimer who comes
    // late is noticed.
    await tx('obligation')
      .insert(row)
      .onConflict(['incident_id', 'obligation_id'])
      .merge({ ...row, lease_until: null, lease_owner: null });
  }
}
