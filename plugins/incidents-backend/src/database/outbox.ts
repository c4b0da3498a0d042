import type { Knex } from 'knex';
import { Clock } from './dialect';

/** What others are told. */
export interface OutboxMessage {
  /** The same for the same fact, so that receivers can tell repeats. */
  idempotencyKey: string;
  channel: 'notification' | 'signal' | 'event';
  payload: object;
}

/** A message that is to be sent now. */
export interface ClaimedMessage {
  id: number;
  idempotencyKey: string;
  channel: OutboxMessage['channel'];
  payload: object;
  attempts: number;
}

/** Seconds until the next try, by tries so far; after the last it is given up. */
const BACKOFF_SECONDS = [1, 5, 15, 60, 300, 900, 3600];

/** How long a sender may take before another one tries. */
const LEASE_MS = 30_000;

/** How long sent messages stay. */
const KEEP_MS = 7 * 24 * 3600_000;

function later(now: string, millis: number): string {
  return new Date(Date.parse(now) + millis).toISOString();
}

/** Adds messages in the transaction of the facts they tell. */
export async function addToOutbox(
  tx: Knex,
  messages: OutboxMessage[],
  at: string,
): Promise<void> {
  if (messages.length) {
    await tx('outbox')
      .insert(
        messages.map(message => ({
          idempotency_key: message.idempotencyKey,
          channel: message.channel,
          payload: JSON.stringify(message.payload),
          created_at: at,
          next_at: at,
        })),
      )
      .onConflict('idempotency_key')
      .ignore();
  }
}

/** Messages with their fate; a claimed one comes back when nobody reports. */
export class Outbox {
  constructor(private readonly knex: Knex, private readonly clock: Clock) {}

  async claim(limit: number): Promise<ClaimedMessage[]> {
    const now = await this.clock.now(this.knex);
    const due = await this.knex('outbox')
      .where('next_at', '<=', now)
      .orderBy('id')
      .limit(limit)
      .select('id', 'next_at');
    const claimed: ClaimedMessage[] = [];
    for (const { id, next_at } of due) {
      // Whoever changes the time first has it.
      const won = await this.knex('outbox')
        .where({ id, next_at })
        .update({
          next_at: later(now, LEASE_MS),
          attempts: this.knex.raw('attempts + 1'),
        });
      if (won) {
        const row = await this.knex('outbox').where({ id }).first();
        claimed.push({
          id,
          idempotencyKey: row.idempotency_key,
          channel: row.channel,
          payload: JSON.parse(row.payload),
          attempts: row.attempts,
        });
      }
    }
    return claimed;
  }

  async sent(id: number): Promise<void> {
    const now = await this.clock.now(this.knex);
    await this.knex('outbox')
      .where({ id })
      .update({ next_at: null, sent_at: now, error: null });
  }

  async failed(message: ClaimedMessage, error: string): Promise<void> {
    const now = await this.clock.now(this.knex);
    const seconds = BACKOFF_SECONDS[message.attempts - 1];
    await this.knex('outbox')
      .where({ id: message.id })
      .update({
        next_at: seconds === undefined ? null : later(now, seconds * 1000),
        error: error.slice(0, 1000),
      });
  }

  /** Removes what was sent long ago. */
  async prune(): Promise<void> {
    const now = await this.clock.now(this.knex);
    await this.knex('outbox')
      .whereNull('next_at')
      .where('created_at', '<', later(now, -KEEP_MS))
      .delete();
  }
}
