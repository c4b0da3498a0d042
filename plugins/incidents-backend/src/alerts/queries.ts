import {
  AlertEpisodeView,
  AlertPage,
  DeliveryPage,
  ListAlertsRequest,
  ListDeliveriesRequest,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import {
  checkLimit,
  decodeCursor,
  encodeCursor,
  toPage,
} from '../database/cursor';
import { DbEpisode } from './episodes';

function toEpisode(
  row: DbEpisode & { reference: string | null },
): AlertEpisodeView {
  return {
    episodeId: row.episode_id,
    source: row.source,
    fingerprint: row.fingerprint,
    name: row.name,
    summary: row.summary ?? undefined,
    labels: JSON.parse(row.labels),
    annotations: JSON.parse(row.annotations),
    entityRef: row.entity_ref ?? undefined,
    open: Boolean(row.open),
    startsAt: row.starts_at,
    endsAt: row.ends_at ?? undefined,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    deliveries: row.deliveries,
    incidentId: row.incident_id ?? undefined,
    incidentReference: row.reference ?? undefined,
    generatorUrl: row.generator_url ?? undefined,
  };
}

/** Episodes, newest first. */
export async function listAlerts(
  knex: Knex,
  request: ListAlertsRequest,
): Promise<AlertPage> {
  const limit = checkLimit(request.limit);
  const query = knex('alert_episode as e')
    .leftJoin('incident as i', 'i.incident_id', 'e.incident_id')
    .orderBy([
      { column: 'e.first_seen_at', order: 'desc' },
      { column: 'e.episode_id', order: 'desc' },
    ])
    .limit(limit + 1)
    .select('e.*', 'i.reference');
  const { incidentId, entityRef, source, open, cursor } = request;
  if (incidentId !== undefined) {
    query.where(any =>
      any
        .where('e.incident_id', incidentId)
        .orWhere('i.reference', incidentId.toLocaleUpperCase('en-US')),
    );
  }
  if (entityRef !== undefined) {
    query.where('e.entity_ref', entityRef.toLocaleLowerCase('en-US'));
  }
  if (source !== undefined) {
    query.where('e.source', source);
  }
  if (open !== undefined) {
    query.where('e.open', open);
  }
  if (cursor !== undefined) {
    query.whereRaw(
      '(e.first_seen_at, e.episode_id) < (?, ?)',
      decodeCursor('alerts', cursor),
    );
  }
  const rows: Array<DbEpisode & { reference: string | null }> = await query;
  return toPage(rows, limit, toEpisode, row =>
    encodeCursor('alerts', row.first_seen_at, row.episode_id),
  );
}

/** How many alerts belong to an incident. */
export async function countAlerts(
  knex: Knex,
  incidentId: string,
): Promise<{ open: number; total: number }> {
  const rows: Array<{ open: boolean | number; n: number | string }> =
    await knex('alert_episode')
      .where('incident_id', incidentId)
      .groupBy('open')
      .select('open')
      .count({ n: '*' });
  const of = (test: (open: boolean) => boolean) =>
    rows
      .filter(row => test(Boolean(row.open)))
      .reduce((sum, row) => sum + Number(row.n), 0);
  return { open: of(Boolean), total: of(() => true) };
}

/** The ledger of deliveries, newest first. */
export async function listDeliveries(
  knex: Knex,
  request: ListDeliveriesRequest,
): Promise<DeliveryPage> {
  const limit = checkLimit(request.limit);
  const query = knex('alert_delivery')
    .orderBy([
      { column: 'received_at', order: 'desc' },
      { column: 'delivery_id', order: 'desc' },
    ])
    .limit(limit + 1)
    .select('*');
  if (request.source !== undefined) {
    query.where('source', request.source);
  }
  if (request.cursor !== undefined) {
    query.whereRaw(
      '(received_at, delivery_id) < (?, ?)',
      decodeCursor('deliveries', request.cursor),
    );
  }
  const rows = await query;
  return toPage(
    rows,
    limit,
    row => ({
      deliveryId: row.delivery_id,
      source: row.source,
      receivedAt: row.received_at,
      bytes: row.bytes,
      sha256: row.sha256,
      verdict: row.verdict,
      message: row.message,
      counts: JSON.parse(row.counts),
    }),
    row => encodeCursor('deliveries', row.received_at, row.delivery_id),
  );
}
