import type { Knex } from 'knex';
import {
  AnyIncidentCommand,
  decideIncident,
  DEFAULT_INCIDENT_POLICY,
  IncidentActor,
  IncidentPolicy,
} from '@handrail/plugin-incidents-common';
import { Clock } from '../database/dialect';
import { IncidentStore } from '../database/IncidentStore';
import { announce } from '../service/announce';

export const ana: IncidentActor = { ref: 'user:default/ana', kind: 'user' };

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  millis = Date.parse('2026-11-20T10:00:00.000Z');

  async now(): Promise<string> {
    return new Date(this.millis).toISOString();
  }

  forward(minutes: number): void {
    this.millis += minutes * 60_000;
  }
}

/** A store with its migrations on a database of the test. */
export function openStore(knex: Knex, clock?: Clock): Promise<IncidentStore> {
  return IncidentStore.create({
    database: { getClient: async () => knex },
    announce,
    clock,
  });
}

/** Declares an incident. @returns its id */
export async function declare(
  store: IncidentStore,
  more: object = {},
  policy: IncidentPolicy = DEFAULT_INCIDENT_POLICY,
): Promise<string> {
  const { state } = await store.begin({}, (identity, now) =>
    decideIncident(
      undefined,
      {
        type: 'declare',
        title: 'Checkout fails',
        severity: 'SEV-1',
        entityRefs: ['component:default/checkout'],
        owners: ['group:default/payments'],
        ...identity,
        ...more,
      },
      { now, actor: ana, policy },
    ),
  );
  return state.incidentId;
}

/** Gives a command to an incident. */
export function command(
  store: IncidentStore,
  incidentId: string,
  body: AnyIncidentCommand,
  options: { actor?: IncidentActor; policy?: IncidentPolicy } = {},
) {
  const { actor = ana, policy = DEFAULT_INCIDENT_POLICY } = options;
  return store.transact(incidentId, {}, (state, now) =>
    decideIncident(state, body, { now, actor, policy }),
  );
}
