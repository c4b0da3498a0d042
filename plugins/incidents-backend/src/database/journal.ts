import { NotFoundError } from '@backstage/errors';
import { ChainedEvent, genesisHash, KnexJournal } from '@handrail/journal';
import {
  AnyIncidentEvent,
  evolveIncident,
  INCIDENT_ENGINE_VERSION,
  IncidentState,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';

/** The journals of all incidents. */
export const journal = KnexJournal.create({
  table: 'incident_event',
  subjectColumn: 'incident_id',
});

/** The hash that event 1 of an incident's journal follows. */
export function incidentGenesis(subject: {
  incidentId: string;
  reference: string;
}): string {
  const { incidentId, reference } = subject;
  return genesisHash({
    incidentId,
    reference,
    engineVersion: INCIDENT_ENGINE_VERSION,
  });
}

/** Events as the rules know them, without their hashes. */
export function toIncidentEvents(events: ChainedEvent[]): AnyIncidentEvent[] {
  return events.map(({ seq, type, at, actor, data }) => ({
    seq,
    type,
    at,
    ...(actor === undefined ? {} : { actor }),
    data,
  })) as unknown as AnyIncidentEvent[];
}

/** The fold of events onto a state. */
export function fold(
  state: IncidentState | undefined,
  events: AnyIncidentEvent[],
): IncidentState {
  const result = events.reduce<IncidentState | undefined>(
    evolveIncident,
    state,
  );
  if (!result) {
    throw new Error('The journal is empty');
  }
  return result;
}

/**
 * An incident as its journal tells it.
 * @param untilSeq - as it was after this event; the latest when absent
 */
export async function loadState(
  db: Knex,
  incidentId: string,
  untilSeq?: number,
): Promise<IncidentState> {
  const events = await journal.read(db, incidentId, { limit: untilSeq });
  if (events.length === 0) {
    throw incidentNotFound(incidentId);
  }
  return fold(undefined, toIncidentEvents(events));
}

/** That there is no such incident. */
export function incidentNotFound(id: string): NotFoundError {
  return new NotFoundError(
    `There is no incident ${JSON.stringify(
      id.slice(0, 80),
    )}; allowed are ids and references such as INC-12`,
  );
}
