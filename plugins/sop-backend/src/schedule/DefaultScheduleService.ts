import { stringifyEntityRef } from '@backstage/catalog-model';
import { occurrences } from '@handrail/calendar';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DEFAULT_CATCH_UP,
  ListOccurrencesRequest,
  OccurrencePage,
  ScheduleView,
} from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { Procedures } from '../service/Procedures';
import { CallOptions } from '../service/SopRunService';
import { listOccurrences } from './queries';
import { ScheduleService } from './ScheduleService';

const UPCOMING = 10;
/** Far enough for what happens once in a leap year. */
const HORIZON_MS = 10 * 366 * 86_400_000;

/** Schedules of the procedures that the caller sees. Knows no permissions. */
export class DefaultScheduleService implements ScheduleService {
  readonly #catalog: CatalogService;
  readonly #procedures: Procedures;
  readonly #knex: Knex;
  readonly #now: () => string;

  constructor(options: {
    catalog: CatalogService;
    procedures: Procedures;
    knex: Knex;
    now: () => string;
  }) {
    this.#catalog = options.catalog;
    this.#procedures = options.procedures;
    this.#knex = options.knex;
    this.#now = options.now;
  }

  async getSchedule(
    request: { sopRef: string },
    { credentials }: CallOptions,
  ): Promise<ScheduleView> {
    const { entity, ref } = await this.#procedures.read(
      request.sopRef,
      credentials,
    );
    const now = this.#now();
    const { spec, refusal } = await this.#procedures.inForce(entity);
    const { schedule } = spec;
    if (!schedule) {
      const note = 'This procedure has no schedule; people start it.';
      return { sopRef: ref, note, upcoming: [] };
    }
    const { rrule, timezone, dtstart } = schedule;
    const upcoming =
      refusal === undefined
        ? occurrences(schedule, {
            from: now,
            to: new Date(Date.parse(now) + HORIZON_MS).toISOString(),
            limit: UPCOMING,
          })
        : [];
    const ended = 'The schedule has ended; no occurrence is to come.';
    return {
      ...{ sopRef: ref, rrule, timezone, dtstart, upcoming },
      overlap: schedule.overlap ?? 'skip',
      catchUp: schedule.catchUp ?? DEFAULT_CATCH_UP,
      note: refusal ?? (upcoming.length ? undefined : ended),
    };
  }

  async listOccurrences(
    request: ListOccurrencesRequest,
    { credentials }: CallOptions,
  ): Promise<OccurrencePage> {
    const { sopRef, limit, cursor, ...filter } = request;
    const sopRefs = sopRef
      ? [(await this.#procedures.read(sopRef, credentials)).ref]
      : await this.#visible(credentials);
    return listOccurrences(
      this.#knex,
      { ...filter, sopRefs },
      { limit, cursor },
      this.#now(),
    );
  }

  async #visible(credentials: CallOptions['credentials']): Promise<string[]> {
    const { items } = await this.#catalog.getEntities(
      {
        filter: { kind: 'SOP' },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials },
    );
    return items.map(entity => stringifyEntityRef(entity));
  }
}
