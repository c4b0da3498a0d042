import { InboundEvent } from '@handrail/plugin-sop-common';
import { JsonValue } from '@backstage/types';
import type { Knex } from 'knex';
import { DatabaseClock } from '../clock';
import { isPostgres, toIso } from '../dialect';

interface DbEvent {
  source: string;
  event_id: string;
  topic: string;
  received_at: Date | string;
  payload: string;
}

const COLUMNS = ['source', 'event_id', 'topic', 'received_at', 'payload'];

/** Events that a step which begins to listen looks through, at most. */
const MAX_FOUND = 1000;

function toEvent(row: DbEvent): InboundEvent {
  return {
    id: row.event_id,
    source: row.source,
    topic: row.topic,
    receivedAt: toIso(row.received_at),
    payload: JSON.parse(row.payload) as JsonValue,
  };
}

export async function saveEvent(
  knex: Knex,
  now: string,
  event: { source: string; id: string; topic: string; payload: JsonValue },
): Promise<boolean> {
  const inserted = await knex('inbound_event')
    .insert({
      source: event.source,
      event_id: event.id,
      topic: event.topic,
      received_at: now,
      payload: JSON.stringify(event.payload),
      match_at: now,
    })
    .onConflict(['source', 'event_id'])
    .ignore()
    .returning('event_id');
  return inserted.length > 0;
}

/** A claimed event comes back by itself when its claimer is gone. */
export async function claimEvents(
  knex: Knex,
  clock: DatabaseClock,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<InboundEvent[]> {
  const now = clock.now();
  const until = new Date(clock.millis() + leaseMs).toISOString();
  const due = knex('inbound_event')
    .where('match_at', '<=', now)
    .orderBy('received_at')
    .limit(limit)
    .select('source', 'event_id');
  if (isPostgres(knex)) {
    due.forUpdate().skipLocked();
  }
  const rows: DbEvent[] = await knex('inbound_event')
    .whereIn(['source', 'event_id'], due)
    .update({ match_at: until })
    .returning(COLUMNS);
  return rows
    .map(toEvent)
    .sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
}

export async function finishEvent(
  knex: Knex,
  { source, id }: Pick<InboundEvent, 'source' | 'id'>,
): Promise<void> {
  await knex('inbound_event')
    .where({ source, event_id: id })
    .update({ match_at: null });
}

export async function findEvents(
  knex: Knex,
  topic: string,
  after: string,
): Promise<InboundEvent[]> {
  const rows: DbEvent[] = await knex('inbound_event')
    .where('topic', topic)
    .where('received_at', '>=', after)
    .orderBy('received_at', 'desc')
    .limit(MAX_FOUND)
    .select(COLUMNS);
  return rows.map(toEvent).reverse();
}

export async function findListeners(
  knex: Knex,
  topic: string,
): Promise<Array<{ runId: string; stepId: string; attempt: number }>> {
  const rows = await knex('event_listener')
    .where('topic', topic)
    .select('run_id', 'step_id', 'attempt');
  return rows.map(row => ({
    runId: row.run_id,
    stepId: row.step_id,
    attempt: row.attempt,
  }));
}

export async function deleteEvents(
  knex: Knex,
  before: string,
): Promise<number> {
  return knex('inbound_event')
    .whereNull('match_at')
    .where('received_at', '<', before)
    .delete();
}
