import { createHash } from 'node:crypto';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  AnyIncidentCommand,
  decideIncident,
  IncidentActor,
  IncidentPolicy,
  IncidentState,
} from '@handrail/plugin-incidents-common';
import { SopService } from '@handrail/plugin-sop-node';
import { IncidentStore } from '../database/IncidentStore';
import { withRetry } from '../database/retry';
import { CheckedCommand } from './commands';
import { Entities } from './Entities';

/** Who starts a runbook, in which incident, by which command. */
export interface RunbookStart {
  incidentId: string;
  commandId: string;
  /** Number of the last event that the sender saw. */
  expectedVersion?: number;
  actor: IncidentActor;
  credentials: BackstageCredentials;
}

/** Procedures that are started in incidents. */
export class Runbooks {
  readonly #store: IncidentStore;
  readonly #policy: IncidentPolicy;
  readonly #entities: Entities;
  readonly #sop: SopService;

  constructor(options: {
    store: IncidentStore;
    policy: IncidentPolicy;
    entities: Entities;
    sop: SopService;
  }) {
    this.#store = options.store;
    this.#policy = options.policy;
    this.#entities = options.entities;
    this.#sop = options.sop;
  }

  /** The procedure of an affected entity, else that of the severity. */
  async runbookOf(
    state: IncidentState,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    return (
      (await this.#entities.runbookOf(state.entityRefs, credentials)) ??
      this.#policy.severities.find(one => one.id === state.severity)?.runbook
    );
  }

  /**
   * Version and rules are checked before the run begins, so that what is
   * refused leaves no run behind. Once it has begun it is a fact, and is
   * recorded whatever else happened to the incident meanwhile. The run's own
   * command id is made of this one's: a repeat finds the same run.
   *
   * @throws ConflictError, InputError when the incident does not allow it.
   */
  async start(
    command: Extract<CheckedCommand, { type: 'start-runbook' }>,
    start: RunbookStart,
  ): Promise<IncidentState> {
    const { incidentId, commandId, expectedVersion, credentials } = start;
    const decide = (one: AnyIncidentCommand) => {
      return (state: IncidentState, now: string) =>
        decideIncident(state, one, {
          now,
          actor: start.actor,
          policy: this.#policy,
        });
    };
    const state = await this.#store.preview(
      incidentId,
      { expectedVersion },
      decide({ type: 'start-runbook', runId: '', sopRef: '', title: '' }),
    );
    const sopRef = command.sopRef ?? (await this.runbookOf(state, credentials));
    if (!sopRef) {
      throw new InputError(
        `command.sopRef is missing; ${state.severity} has no runbook, and no affected entity names one`,
      );
    }
    const targetRef = command.targetRef ?? state.entityRefs[0];
    const run = await this.#sop.startRun(
      {
        sopRef,
        commandId: createHash('sha256')
          .update(`${incidentId}/${commandId}`)
          .digest('hex'),
        ...(targetRef ? { targetRef } : {}),
      },
      { credentials },
    );
    const { runId, title } = run;
    const result = await withRetry(() =>
      this.#store.transact(
        incidentId,
        { commandId },
        decide({ type: 'record-runbook', runId, sopRef: run.sopRef, title }),
      ),
    );
    return result.state;
  }
}
