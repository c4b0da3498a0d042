import { BackstageCredentials } from '@backstage/backend-plugin-api';
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
import type { Request } from 'express';

/** Who calls, and how. */
export interface CallOptions {
  /** Verified. Never of a principal of type `none`. */
  credentials: BackstageCredentials;
  /** The request, for the audit log; absent for calls that do not come by HTTP. */
  request?: Request<any, any, any, any, any>;
}

/** Which incident; by id or reference. */
export interface OfIncident {
  incidentId: string;
}

/**
 * Everything that can be done with incidents. Routes and actions call this and
 * nothing below it; decorators add permissions and the audit log.
 *
 * Methods throw errors of `@backstage/errors`: `NotFoundError` when something
 * does not exist, `InputError` when the request is wrong, `NotAllowedError`
 * when this person may not do it, `ConflictError` when the incident does not
 * allow it now (with `missing`) or changed meanwhile (with `changes`).
 */
export interface IncidentsService {
  getPolicy(options: CallOptions): Promise<PolicyView>;
  listIncidents(
    request: ListIncidentsRequest,
    options: CallOptions,
  ): Promise<IncidentPage>;
  declare(request: DeclareRequest, options: CallOptions): Promise<IncidentView>;
  getIncident(request: OfIncident, options: CallOptions): Promise<IncidentView>;
  executeCommand(
    request: IncidentCommandRequest & OfIncident,
    options: CallOptions,
  ): Promise<IncidentView>;
  getTimeline(
    request: OfIncident & { before?: number; limit?: number },
    options: CallOptions,
  ): Promise<IncidentTimelinePage>;
  verifyIncident(
    request: OfIncident,
    options: CallOptions,
  ): Promise<IncidentVerification>;
  getMetrics(
    request: GetMetricsRequest,
    options: CallOptions,
  ): Promise<IncidentMetrics>;
  listAlerts(
    request: ListAlertsRequest,
    options: CallOptions,
  ): Promise<AlertPage>;
  listDeliveries(
    request: ListDeliveriesRequest,
    options: CallOptions,
  ): Promise<DeliveryPage>;
}
