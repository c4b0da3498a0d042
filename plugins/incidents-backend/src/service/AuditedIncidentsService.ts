import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { ForwardedError, isError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  AlertPage,
  DeclareRequest,
  DeliveryPage,
  GetMetricsRequest,
  IncidentCommandRequest,
  IncidentMetrics,
  IncidentPage,
  IncidentTimelinePage,
  IncidentVerification,
  IncidentView,
  ListAlertsRequest,
  ListDeliveriesRequest,
  ListIncidentsRequest,
  PolicyView,
} from '@handrail/plugin-incidents-common';
import { CallOptions, IncidentsService, OfIncident } from './IncidentsService';

/** Commands that an auditor looks at first. */
const GRAVE = [
  'decline',
  'merge',
  'set-severity',
  'waive-review',
  'approve-waiver',
  'close',
];

/**
 * Writes one audit event per attempt to change an incident, whether it succeeds
 * or not. It stands outside the permission check, so refusals are on record
 * too. Reading is not audited, except verification.
 */
export class AuditedIncidentsService implements IncidentsService {
  readonly #service: IncidentsService;
  readonly #auditor: AuditorService;

  constructor(service: IncidentsService, auditor: AuditorService) {
    this.#service = service;
    this.#auditor = auditor;
  }

  declare(
    request: DeclareRequest,
    options: CallOptions,
  ): Promise<IncidentView> {
    const { severity, commandId, entityRefs = [], drill = false } = request;
    return this.#audit(
      { actionType: 'declare', severityLevel: 'medium' },
      { severity, commandId, entityRefs, drill },
      options,
      () => this.#service.declare(request, options),
      view => ({ incidentId: view.incidentId, reference: view.reference }),
    );
  }

  executeCommand(
    request: IncidentCommandRequest & OfIncident,
    options: CallOptions,
  ): Promise<IncidentView> {
    const { incidentId, commandId, command } = request;
    return this.#audit(
      {
        actionType: command.type,
        severityLevel: GRAVE.includes(command.type) ? 'high' : 'medium',
      },
      { incidentId, commandId, role: command.role },
      options,
      () => this.#service.executeCommand(request, options),
      view => ({ version: view.version, status: view.status }),
    );
  }

  verifyIncident(
    request: OfIncident,
    options: CallOptions,
  ): Promise<IncidentVerification> {
    return this.#audit(
      { actionType: 'verify', severityLevel: 'low' },
      { incidentId: request.incidentId },
      options,
      () => this.#service.verifyIncident(request, options),
      ({ ok, events, head }) => ({ ok, events, head }),
    );
  }

  getPolicy(options: CallOptions): Promise<PolicyView> {
    return this.#service.getPolicy(options);
  }

  listIncidents(
    request: ListIncidentsRequest,
    options: CallOptions,
  ): Promise<IncidentPage> {
    return this.#service.listIncidents(request, options);
  }

  getIncident(
    request: OfIncident,
    options: CallOptions,
  ): Promise<IncidentView> {
    return this.#service.getIncident(request, options);
  }

  getTimeline(
    request: OfIncident & { before?: number; limit?: number },
    options: CallOptions,
  ): Promise<IncidentTimelinePage> {
    return this.#service.getTimeline(request, options);
  }

  getMetrics(
    request: GetMetricsRequest,
    options: CallOptions,
  ): Promise<IncidentMetrics> {
    return this.#service.getMetrics(request, options);
  }

  listAlerts(
    request: ListAlertsRequest,
    options: CallOptions,
  ): Promise<AlertPage> {
    return this.#service.listAlerts(request, options);
  }

  listDeliveries(
    request: ListDeliveriesRequest,
    options: CallOptions,
  ): Promise<DeliveryPage> {
    return this.#service.listDeliveries(request, options);
  }

  async #audit<T>(
    event: {
      actionType: string;
      severityLevel: AuditorServiceEventSeverityLevel;
    },
    meta: JsonObject,
    { request }: CallOptions,
    attempt: () => Promise<T>,
    describe: (result: T) => JsonObject,
  ): Promise<T> {
    const { actionType, severityLevel } = event;
    const audit = await this.#auditor.createEvent({
      eventId: 'incident',
      severityLevel,
      request,
      meta: { actionType, ...meta },
    });
    let result: T;
    try {
      result = await attempt();
    } catch (error) {
      await audit.fail({
        error: isError(error) ? error : new ForwardedError('Refused', error),
      });
      throw error;
    }
    await audit.success({ meta: describe(result) });
    return result;
  }
}
