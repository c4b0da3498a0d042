/**
 * What the first page of the catalogue of procedures asks for, with 10,000
 * procedures registered beside 100: the page itself, the values of its filters,
 * and how the procedures on it stand. All by HTTP, one after another. The smaller
 * catalogue is the ceiling.
 */
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { BenchDatabase, openDatabases } from './lib/databases';
import { median, print, quantile, round } from './lib/measure';
import { startPortal } from './lib/portal';
import { peopleProcedure, WORKER } from './lib/procedures';

const SMALL = 100;
const LARGE = Number(process.env.PROCEDURES ?? 10_000);
const REPEATS = Number(process.env.REPEATS ?? 100);
const WARM_UP = 20;
const PAGE = 24;

const FIELDS =
  'apiVersion,kind,metadata,relations,spec.type,spec.owner,spec.lifecycle,spec.document';
const QUERIES = {
  page: `/api/catalog/entities/by-query?filter=kind=sop&limit=${PAGE}&fields=${FIELDS}&orderField=spec.document.number,asc&orderField=metadata.name,asc`,
  filters:
    '/api/catalog/entity-facets?filter=kind=sop&facet=spec.type&facet=spec.lifecycle&facet=relations.ownedBy&facet=spec.system&facet=metadata.tags',
};

type Times = Record<'page' | 'filters' | 'standings' | 'all', number[]>;

async function read(database: BenchDatabase, count: number): Promise<Times> {
  const portal = await startPortal({
    database: database.config,
    procedures: Array.from({ length: count }, (_, i) =>
      peopleProcedure(`procedure-${String(i).padStart(5, '0')}`, 10),
    ),
  });
  try {
    const token = await portal.tokenOf(WORKER);
    const timed = async (path: string) => {
      const begin = performance.now();
      const { body } = await portal.http.send('GET', path, { token });
      return { body, millis: performance.now() - begin };
    };
    const times: Times = { page: [], filters: [], standings: [], all: [] };
    for (let i = 0; i < WARM_UP + REPEATS; i++) {
      const page = await timed(QUERIES.page);
      const filters = await timed(QUERIES.filters);
      const refs = (JSON.parse(page.body).items as Entity[]).map(
        entity => `sopRef=${encodeURIComponent(stringifyEntityRef(entity))}`,
      );
      const standings = await timed(`/api/sop/procedures?${refs.join('&')}`);
      if (i >= WARM_UP) {
        times.page.push(page.millis);
        times.filters.push(filters.millis);
        times.standings.push(standings.millis);
        times.all.push(page.millis + filters.millis + standings.millis);
      }
    }
    return times;
  } finally {
    await portal.stop();
  }
}

async function main(): Promise<void> {
  const results = new Map<string, Times>();
  for (const count of [SMALL, LARGE]) {
    for (const database of await openDatabases()) {
      try {
        const times = await read(database, count);
        const small = results.get(database.name);
        results.set(database.name, times);
        for (const part of Object.keys(small ?? {}) as Array<keyof Times>) {
          const ceiling = median(small![part]);
          print({
            benchmark: 'catalogue',
            database: database.name,
            part,
            procedures: LARGE,
            p50Ms: round(median(times[part]), 2),
            p95Ms: round(quantile(times[part], 0.95), 2),
            ceilingProcedures: SMALL,
            ceilingP50Ms: round(ceiling, 2),
            ratio: round(median(times[part]) / ceiling, 2),
            goal: 1.5,
          });
        }
      } finally {
        await database.close();
      }
    }
  }
}

main().then(
  // The portal leaves timers behind.
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
