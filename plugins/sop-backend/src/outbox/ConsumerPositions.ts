import type { Knex } from 'knex';
import { tailOutbox } from '../database/queries/outbox';
import { DatabaseClock } from '../database/clock';

interface DbConsumer {
  consumer: string;
  cursor: string;
  owner: string;
  owned_until: number | string;
  failures: number;
}

/** A consumer's position, lent to one owner at a time. */
export interface Position {
  /** Absent at the beginning. */
  after?: string;
  /** How often the next delivery has failed already. */
  failures: number;
}

/** How far consumers have read, shared by all replicas. */
export class ConsumerPositions {
  constructor(
    private readonly knex: Knex,
    private readonly clock: DatabaseClock,
  ) {}

  /** Makes a consumer known; does nothing when it is. */
  async register(
    consumer: string,
    startAt: 'beginning' | 'end',
  ): Promise<void> {
    const cursor = startAt === 'end' ? (await tailOutbox(this.knex)) ?? '' : '';
    await this.knex<DbConsumer>('outbox_consumer')
      .insert({ consumer, cursor, owner: '', owned_until: 0, failures: 0 })
      .onConflict('consumer')
      .ignore();
  }

  /**
   * Takes over or keeps a consumer's position.
   * @returns undefined while somebody else has it
   */
  async acquire(
    consumer: string,
    owner: string,
    leaseMs: number,
  ): Promise<Position | undefined> {
    const now = this.clock.millis();
    const changed = await this.knex<DbConsumer>('outbox_consumer')
      .where({ consumer })
      .where(free => free.where({ owner }).orWhere('owned_until', '<=', now))
      .update({ owner, owned_until: now + leaseMs });
    if (changed === 0) {
      return undefined;
    }
    const row = await this.knex<DbConsumer>('outbox_consumer')
      .where({ consumer, owner })
      .first();
    return row && { after: row.cursor || undefined, failures: row.failures };
  }

  /** @returns false when somebody else has taken over */
  async advance(
    consumer: string,
    owner: string,
    cursor: string,
  ): Promise<boolean> {
    const changed = await this.knex<DbConsumer>('outbox_consumer')
      .where({ consumer, owner })
      .update({ cursor, failures: 0 });
    return changed > 0;
  }

  async fail(consumer: string, owner: string): Promise<void> {
    await this.knex<DbConsumer>('outbox_consumer')
      .where({ consumer, owner })
      .increment('failures', 1);
  }

  /** Lets others take over at once. */
  async release(consumer: string, owner: string): Promise<void> {
    await this.knex<DbConsumer>('outbox_consumer')
      .where({ consumer, owner })
      .update({ owner: '', owned_until: 0 });
  }
}
