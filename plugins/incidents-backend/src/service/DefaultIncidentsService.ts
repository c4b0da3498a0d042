import { ConflictError, InputError, isError } from '@backstage/errors';
import {
  AlertPage,
  decideIncident,
  DeclareRequest,
  DeliveryPage,
  durationMillis,
  GetMetricsRequest,
  IncidentActor,
  IncidentCommandRequest,
  IncidentMetrics,
  IncidentPage,
  IncidentPolicy,
  IncidentState,
  IncidentTimelinePage,
  IncidentVerification,
  IncidentView,
  IncidentCommand,
  ListAlertsRequest,
  ListDeliveriesRequest,
  ListIncidentsRequest,
  MAX_TEXT_LENGTH,
  MAX_TITLE_LENGTH,
  PolicyView,
  summariseIncidents,
} from '@handrail/plugin-incidents-common';
import { SopService } from '@handrail/plugin-sop-node';
import { ChainedEvent } from '@handrail/journal';
import type { Knex } from 'knex';
import { OpenAlerts } from '../alerts/OpenAlerts';
import { listAlerts, listDeliveries } from '../alerts/queries';
import { checkLimit } from '../database/cursor';
import { IncidentStore, TransactResult } from '../database/IncidentStore';
import { incidentGenesis, toIncidentEvents } from '../database/journal';
import { listIncidents, readTimes } from '../database/queries';
import { withRetry } from '../database/retry';
import { verifyIncident } from '../database/verification';
import { CheckedCommand, readCommand } from './commands';
import { Entities } from './Entities';
import { CallOptions, IncidentsService, OfIncident } from './IncidentsService';
import { IncidentViews } from './IncidentViews';
import { Runbooks } from './Runbooks';

/** How far back figures go unless told otherwise. */
const DEFAULT_PERIOD = 'P90D';

/** The service itself; who may call it is decided around it. */
export class DefaultIncidentsService implements IncidentsService {
  readonly #store: IncidentStore;
  readonly #policy: IncidentPolicy;
  readonly #entities: Entities;
  readonly #views: IncidentViews;
  readonly #runbooks: Runbooks;
  readonly #onCommit: () => void;

  constructor(options: {
    store: IncidentStore;
    policy: IncidentPolicy;
    entities: Entities;
    views: IncidentViews;
    sop: SopService;
    /** Called when there may be messages to send or duties to watch. */
    onCommit: () => void;
  }) {
    this.#store = options.store;
    this.#policy = options.policy;
    this.#entities = options.entities;
    this.#views = options.views;
    this.#runbooks = new Runbooks(options);
    this.#onCommit = options.onCommit;
  }

  async getPolicy(): Promise<PolicyView> {
    const { severities, roles, obligations } = this.#policy;
    return {
      severities,
      roles,
      obligations: obligations.map(rule => ({
        kind: rule.kind,
        severities: rule.severities,
        due:
          typeof rule.due === 'string'
            ? rule.due
            : `${rule.due.businessDays} business days`,
      })),
      limits: { title: MAX_TITLE_LENGTH, text: MAX_TEXT_LENGTH },
      permits: { declare: { allowed: true } },
    };
  }

  async listIncidents(request: ListIncidentsRequest): Promise<IncidentPage> {
    return listIncidents(this.#store.knex, request, this.#views.nameOf);
  }

  async declare(
    request: DeclareRequest,
    { credentials }: CallOptions,
  ): Promise<IncidentView> {
    const actor = this.#entities.actorOf(credentials);
    const { commandId, ...fields } = request;
    const found = await this.#entities.resolve(
      'entityRefs',
      request.entityRefs ?? [],
      credentials,
    );
    const facts = { actor, policy: this.#policy };
    const result = await withRetry(() => {
      let alerts: OpenAlerts | undefined;
      return this.#store.begin(
        {
          commandId,
          startKey: `${actor.ref}/${commandId}`,
          prepare: async tx => {
            // A drill has nothing to do with what is really going on.
            alerts = request.drill
              ? undefined
              : await OpenAlerts.find(tx, this.#store, found.entityRefs);
          },
          also: async (tx, state) =>
            alerts?.move(tx, this.#store, state, facts),
        },
        (identity, now) => {
          const events = decideIncident(
            undefined,
            { ...fields, ...found, type: 'declare', ...identity },
            { now, ...facts },
          );
          return alerts?.join(events, { now, ...facts }) ?? events;
        },
      );
    });
    this.#onCommit();
    return this.#view(result.state, actor, credentials);
  }

  async getIncident(
    request: OfIncident,
    { credentials }: CallOptions,
  ): Promise<IncidentView> {
    const id = await this.#store.resolveId(request.incidentId);
    const actor = this.#entities.actorOf(credentials);
    return this.#view(await this.#store.load(id), actor, credentials);
  }

  async executeCommand(
    request: IncidentCommandRequest & OfIncident,
    { credentials }: CallOptions,
  ): Promise<IncidentView> {
    const { commandId, expectedVersion } = request;
    const checked = readCommand(request.command);
    const actor = this.#entities.actorOf(credentials);
    const id = await this.#store.resolveId(request.incidentId);
    const known = await this.#store.findCommand(id, commandId);
    if (known) {
      return this.#view(known.state, actor, credentials);
    }
    try {
      if (checked.type === 'start-runbook') {
        const started = await this.#runbooks.start(checked, {
          incidentId: id,
          commandId,
          expectedVersion,
          actor,
          credentials,
        });
        this.#onCommit();
        return await this.#view(started, actor, credentials);
      }
      const command = await this.#complete(checked, credentials);
      const into = command.type === 'merge' ? command.into : undefined;
      const result = await withRetry(() =>
        this.#store.transact(
          id,
          {
            commandId,
            expectedVersion,
            lock: into ? [into] : [],
            also: into
              ? (tx, merged) => this.#absorb(tx, merged, into, actor)
              : undefined,
          },
          (state, now) =>
            decideIncident(state, command, {
              now,
              actor,
              policy: this.#policy,
            }),
        ),
      );
      this.#onCommit();
      return await this.#view(result.state, actor, credentials);
    } catch (error) {
      throw await this.#withChanges(error);
    }
  }

  /** Looks up what a command names besides the incident. */
  async #complete(
    command: Exclude<CheckedCommand, { type: 'start-runbook' }>,
    credentials: CallOptions['credentials'],
  ): Promise<IncidentCommand> {
    switch (command.type) {
      case 'merge': {
        const into = await this.#store.resolveId(command.into);
        const { reference: intoReference } = await this.#store.load(into);
        return { ...command, into, intoReference };
      }
      case 'offer-role': {
        const person = await this.#entities.assertPerson(
          'command.person',
          command.person,
          credentials,
        );
        return { ...command, person };
      }
      case 'set-impact': {
        if (!command.entityRefs) {
          return command;
        }
        const found = await this.#entities.resolve(
          'command.entityRefs',
          command.entityRefs,
          credentials,
        );
        return { ...command, ...found };
      }
      default:
        return command;
    }
  }

  /** The other half of a merge, in the same transaction. */
  async #absorb(
    tx: Knex,
    { state: from }: TransactResult,
    into: string,
    actor: IncidentActor,
  ): Promise<void> {
    const target = await this.#store.transact(into, { tx }, (state, now) => {
      if (
        !['proposed', 'investigating', 'identified', 'monitoring'].includes(
          state.status,
        )
      ) {
        throw new ConflictError(
          `${state.reference} is ${state.status}; incidents can be merged into one that is open`,
        );
      }
      return decideIncident(
        state,
        {
          type: 'absorb',
          from: from.incidentId,
          fromReference: from.reference,
          entityRefs: from.entityRefs,
          owners: from.owners,
        },
        { now, actor, policy: this.#policy },
      );
    });
    const to = { incident_id: target.state.incidentId };
    const was = { incident_id: from.incidentId };
    await tx('alert_episode').where(was).update(to);
    await tx('alert_group').where(was).update(to);
  }

  async getTimeline(
    request: OfIncident & { before?: number; limit?: number },
  ): Promise<IncidentTimelinePage> {
    const id = await this.#store.resolveId(request.incidentId);
    const limit = checkLimit(request.limit);
    const { reference } = await this.#store.load(id);
    const entries = await this.#store.readTimeline(id, {
      before: request.before,
      limit,
    });
    const last = entries[entries.length - 1]?.event.seq;
    return {
      genesis: incidentGenesis({ incidentId: id, reference }),
      items: await this.#views.timeline(entries),
      ...(last !== undefined && last > 1 ? { nextBefore: last } : {}),
    };
  }

  async verifyIncident(request: OfIncident): Promise<IncidentVerification> {
    const id = await this.#store.resolveId(request.incidentId);
    const verdict = await verifyIncident(this.#store.knex, id);
    return { ...verdict, checkedAt: await this.#store.now() };
  }

  async getMetrics(request: GetMetricsRequest): Promise<IncidentMetrics> {
    const { from, to, ...filter } = request;
    const now = await this.#store.now();
    const end = to ? new Date(to).toISOString() : now;
    const start = from
      ? new Date(from).toISOString()
      : new Date(
          Date.parse(end) - durationMillis(DEFAULT_PERIOD, 'period'),
        ).toISOString();
    if (start >= end) {
      throw new InputError(`from is ${start}; it must be before ${end}`);
    }
    const period = { from: start, to: end };
    return summariseIncidents(
      await readTimes(this.#store.knex, period, filter),
      period,
    );
  }

  async listAlerts(request: ListAlertsRequest): Promise<AlertPage> {
    return listAlerts(this.#store.knex, request);
  }

  async listDeliveries(request: ListDeliveriesRequest): Promise<DeliveryPage> {
    return listDeliveries(this.#store.knex, request);
  }

  async #view(
    state: IncidentState,
    actor: IncidentActor,
    credentials: CallOptions['credentials'],
  ): Promise<IncidentView> {
    return this.#views.view(
      state,
      actor,
      await this.#runbooks.runbookOf(state, credentials),
    );
  }

  /** Lists in the error's body what happened since the version given. */
  async #withChanges(error: unknown): Promise<unknown> {
    if (!isError(error) || !('changedBy' in error)) {
      return error;
    }
    const { changedBy, ...rest } = error as typeof error & {
      changedBy: ChainedEvent[];
    };
    const plain = toIncidentEvents(changedBy);
    return Object.assign(new ConflictError(error.message), rest, {
      changes: await this.#views.timeline(
        changedBy.map(({ hash }, index) => ({ event: plain[index], hash })),
      ),
    });
  }
}
