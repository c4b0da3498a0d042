import { randomUUID } from 'node:crypto';
import {
  DeliveryCounts,
  DeliveryView,
} from '@handrail/plugin-incidents-common';
import {
  AlertDelivery,
  AlertSink,
  RejectedDelivery,
} from '@handrail/plugin-incidents-node';
import type { Knex } from 'knex';
import { IncidentStore } from '../database/IncidentStore';
import { withRetry } from '../database/retry';
import { EntityMatcher, MatchedEntity } from './EntityMatcher';
import { EpisodeBatch, MatchedAlert, MAX_INSERT, noCounts } from './episodes';
import { Proposer } from './Proposer';

/**
 * Alerts in one transaction: enough to be fast, few enough that whoever
 * declares an incident meanwhile does not wait long.
 */
const BATCH = 400;

interface Arrival {
  delivery: AlertDelivery;
  entities: Map<string, MatchedEntity>;
  alerts: MatchedAlert[];
  /** How many of them are stored. */
  taken: number;
  counts: DeliveryCounts;
  resolve: (view: DeliveryView) => void;
  reject: (error: unknown) => void;
}

interface Piece {
  arrival: Arrival;
  alerts: MatchedAlert[];
  counts: DeliveryCounts;
  isLast: boolean;
}

/**
 * Stores deliveries and proposes incidents. Those that arrive while the
 * database is at work share the next transaction.
 */
export class AlertIngestor implements AlertSink {
  readonly #store: IncidentStore;
  readonly #matcher: EntityMatcher;
  readonly #proposer: Proposer;
  readonly #onCommit: () => void;
  readonly #waiting = new Map<string, Arrival[]>();
  readonly #draining = new Set<string>();

  constructor(options: {
    store: IncidentStore;
    matcher: EntityMatcher;
    proposer: Proposer;
    /** Called when there may be messages to send. */
    onCommit?: () => void;
  }) {
    this.#store = options.store;
    this.#matcher = options.matcher;
    this.#proposer = options.proposer;
    this.#onCommit = options.onCommit ?? (() => {});
  }

  async ingest(delivery: AlertDelivery): Promise<DeliveryView> {
    const refs = delivery.alerts.map(alert => this.#matcher.refOf(alert));
    const entities = await this.#matcher.find(
      refs.filter((ref): ref is string => ref !== undefined),
    );
    const alerts = delivery.alerts.map((alert, index) => ({
      alert,
      entityRef: entities.get(refs[index] ?? '')?.entityRef,
    }));
    return new Promise<DeliveryView>((resolve, reject) => {
      const queue = this.#waiting.get(delivery.source) ?? [];
      this.#waiting.set(delivery.source, queue);
      queue.push({
        delivery,
        entities,
        alerts,
        taken: 0,
        counts: noCounts(),
        resolve,
        reject,
      });
      this.#drain(delivery.source).catch(reject);
    });
  }

  async reject(delivery: RejectedDelivery): Promise<DeliveryView> {
    const view = toView(delivery, {
      receivedAt: await this.#store.now(),
      verdict: 'rejected',
      message: delivery.reason.slice(0, 2000),
      counts: noCounts(),
    });
    await writeDeliveries(this.#store.knex, [view]);
    return view;
  }

  async #drain(source: string): Promise<void> {
    if (this.#draining.has(source)) {
      return;
    }
    this.#draining.add(source);
    const queue = this.#waiting.get(source) ?? [];
    try {
      while (queue.length > 0) {
        const pieces = cut(queue);
        try {
          await this.#commit(source, pieces);
        } catch (error) {
          await this.#commitAlone(source, pieces, queue);
        }
        // Senders that wait for an answer send their next one now: it shares
        // the next transaction with what arrived meanwhile.
        await new Promise(resolve => setImmediate(resolve));
      }
    } finally {
      this.#draining.delete(source);
    }
  }

  /** One delivery that cannot be stored must not take others with it. */
  async #commitAlone(
    source: string,
    pieces: Piece[],
    queue: Arrival[],
  ): Promise<void> {
    for (const piece of pieces) {
      try {
        await this.#commit(source, [piece]);
      } catch (error) {
        const index = queue.indexOf(piece.arrival);
        if (index >= 0) {
          queue.splice(index, 1);
        }
        piece.arrival.reject(error);
      }
    }
  }

  async #commit(source: string, pieces: Piece[]): Promise<void> {
    const views = await withRetry(async () => {
      pieces.forEach(piece => {
        piece.counts = noCounts();
      });
      try {
        return await this.#store.knex.transaction(tx =>
          this.#write(tx, source, pieces),
        );
      } catch (error) {
        this.#proposer.forget();
        throw error;
      }
    });
    for (const { arrival, counts } of pieces) {
      add(arrival.counts, counts);
    }
    for (const [piece, view] of views) {
      piece.arrival.resolve(view);
    }
    this.#onCommit();
  }

  async #write(
    tx: Knex,
    source: string,
    pieces: Piece[],
  ): Promise<Map<Piece, DeliveryView>> {
    const now = await this.#store.clock.now(tx);
    // Writers of a source take turns here.
    await tx('alert_source')
      .insert({ source, last_delivery_at: now })
      .onConflict('source')
      .merge();
    const batch = await EpisodeBatch.read(tx, source, now, [
      ...new Set(
        pieces.flatMap(piece =>
          piece.alerts.map(({ alert }) => alert.fingerprint),
        ),
      ),
    ]);
    for (const piece of pieces) {
      for (const alert of piece.alerts) {
        batch.take(alert, piece.counts);
      }
    }
    const last = pieces[pieces.length - 1];
    const entities = new Map(
      pieces.flatMap(piece => [...piece.arrival.entities]),
    );
    const tell = await this.#proposer.assign(tx, {
      source,
      now,
      episodes: batch.opened(),
      entities,
      counts: last.counts,
    });
    await batch.write();
    await tell();
    const views = new Map<Piece, DeliveryView>();
    for (const piece of pieces.filter(one => one.isLast)) {
      const counts = noCounts();
      add(counts, piece.arrival.counts);
      add(counts, piece.counts);
      const view = toView(piece.arrival.delivery, {
        receivedAt: now,
        counts,
        ...judge(counts),
      });
      views.set(piece, view);
    }
    await writeDeliveries(tx, [...views.values()]);
    return views;
  }
}

/** Takes as much from the front as one transaction should hold. */
function cut(queue: Arrival[]): Piece[] {
  const pieces: Piece[] = [];
  let room = BATCH;
  while (queue.length > 0 && room > 0) {
    const [arrival] = queue;
    const alerts = arrival.alerts.slice(arrival.taken, arrival.taken + room);
    arrival.taken += alerts.length;
    // An empty delivery takes room too: it is a row of the ledger.
    room -= Math.max(alerts.length, 1);
    const isLast = arrival.taken >= arrival.alerts.length;
    pieces.push({ arrival, alerts, counts: noCounts(), isLast });
    if (isLast) {
      queue.shift();
    }
  }
  return pieces;
}

function add(sum: DeliveryCounts, more: DeliveryCounts): void {
  for (const key of Object.keys(sum) as Array<keyof DeliveryCounts>) {
    sum[key] = (sum[key] ?? 0) + (more[key] ?? 0);
  }
}

function judge(
  counts: DeliveryCounts,
): Pick<DeliveryView, 'verdict' | 'message'> {
  const { alerts, duplicate, stale } = counts;
  const parts = (
    ['opened', 'updated', 'resolved', 'duplicate', 'stale'] as const
  )
    .filter(key => counts[key])
    .map(key => `${counts[key]} ${key}`);
  const more = [
    ...(counts.unmatched
      ? [`${counts.unmatched} about no entity of the catalog`]
      : []),
    ...(counts.proposed ? [`${counts.proposed} proposed`] : []),
  ];
  const message = alerts
    ? `${alerts} ${alerts === 1 ? 'alert' : 'alerts'}: ${[
        ...parts,
        ...more,
      ].join(', ')}`
    : 'No alerts in it';
  if (alerts && duplicate === alerts) {
    return { verdict: 'duplicate', message };
  }
  return {
    verdict: alerts && duplicate + stale === alerts ? 'stale' : 'accepted',
    message,
  };
}

function toView(
  { source, bytes, sha256 }: { source: string; bytes: number; sha256: string },
  more: Pick<DeliveryView, 'receivedAt' | 'verdict' | 'message' | 'counts'>,
): DeliveryView {
  return { deliveryId: randomUUID(), source, bytes, sha256, ...more };
}

async function writeDeliveries(db: Knex, views: DeliveryView[]): Promise<void> {
  const rows = views.map(view => ({
    delivery_id: view.deliveryId,
    source: view.source,
    received_at: view.receivedAt,
    bytes: view.bytes,
    sha256: view.sha256,
    verdict: view.verdict,
    message: view.message,
    counts: JSON.stringify(view.counts),
  }));
  for (let start = 0; start < rows.length; start += MAX_INSERT) {
    await db('alert_delivery').insert(rows.slice(start, start + MAX_INSERT));
  }
}
