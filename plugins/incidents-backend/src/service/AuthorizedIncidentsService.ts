import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  AlertPage,
  DeclareRequest,
  DeliveryPage,
  GetMetricsRequest,
  IncidentCommandRequest,
  incidentCommandPermissions,
  incidentDeclarePermission,
  IncidentMetrics,
  IncidentPage,
  IncidentPermit,
  incidentReadPermission,
  IncidentTimelinePage,
  IncidentVerification,
  IncidentView,
  ListAlertsRequest,
  ListDeliveriesRequest,
  ListIncidentsRequest,
  PolicyView,
} from '@handrail/plugin-incidents-common';
import { CallOptions, IncidentsService, OfIncident } from './IncidentsService';

/** Names of permissions that the policy denies. */
type Denied = Set<string>;

const COMMAND_PERMISSIONS: BasicPermission[] = [
  ...new Set<BasicPermission>(Object.values(incidentCommandPermissions)),
];

const words = (name: string) => `You are not allowed to do this (${name})`;

/**
 * Asks the permission framework before each call, and takes back in views the
 * permits that its policy denies, so that nobody is offered what is refused.
 */
export class AuthorizedIncidentsService implements IncidentsService {
  readonly #service: IncidentsService;
  readonly #permissions: PermissionsService;

  constructor(service: IncidentsService, permissions: PermissionsService) {
    this.#service = service;
    this.#permissions = permissions;
  }

  async getPolicy(options: CallOptions): Promise<PolicyView> {
    const denied = await this.#assert([], options, [incidentDeclarePermission]);
    const policy = await this.#service.getPolicy(options);
    const declare = restrict(
      policy.permits.declare,
      incidentDeclarePermission,
      denied,
    );
    return { ...policy, permits: { declare } };
  }

  async listIncidents(
    request: ListIncidentsRequest,
    options: CallOptions,
  ): Promise<IncidentPage> {
    await this.#assert([incidentReadPermission], options);
    return this.#service.listIncidents(request, options);
  }

  async declare(
    request: DeclareRequest,
    options: CallOptions,
  ): Promise<IncidentView> {
    const { permission: takesCommand } = {
      permission: incidentCommandPermissions['take-role'],
    };
    const denied = await this.#assert(
      [
        incidentDeclarePermission,
        ...(request.takeCommand ? [takesCommand] : []),
      ],
      options,
      COMMAND_PERMISSIONS,
    );
    return restrictView(await this.#service.declare(request, options), denied);
  }

  async getIncident(
    request: OfIncident,
    options: CallOptions,
  ): Promise<IncidentView> {
    const denied = await this.#assert(
      [incidentReadPermission],
      options,
      COMMAND_PERMISSIONS,
    );
    return restrictView(
      await this.#service.getIncident(request, options),
      denied,
    );
  }

  async executeCommand(
    request: IncidentCommandRequest & OfIncident,
    options: CallOptions,
  ): Promise<IncidentView> {
    const { type, takeCommand } = request.command;
    const denied = await this.#assert(
      [
        incidentReadPermission,
        incidentCommandPermissions[type],
        ...(takeCommand ? [incidentCommandPermissions['take-role']] : []),
      ],
      options,
      COMMAND_PERMISSIONS,
    );
    return restrictView(
      await this.#service.executeCommand(request, options),
      denied,
    );
  }

  async getTimeline(
    request: OfIncident & { before?: number; limit?: number },
    options: CallOptions,
  ): Promise<IncidentTimelinePage> {
    await this.#assert([incidentReadPermission], options);
    return this.#service.getTimeline(request, options);
  }

  async verifyIncident(
    request: OfIncident,
    options: CallOptions,
  ): Promise<IncidentVerification> {
    await this.#assert([incidentReadPermission], options);
    return this.#service.verifyIncident(request, options);
  }

  async getMetrics(
    request: GetMetricsRequest,
    options: CallOptions,
  ): Promise<IncidentMetrics> {
    await this.#assert([incidentReadPermission], options);
    return this.#service.getMetrics(request, options);
  }

  async listAlerts(
    request: ListAlertsRequest,
    options: CallOptions,
  ): Promise<AlertPage> {
    await this.#assert([incidentReadPermission], options);
    return this.#service.listAlerts(request, options);
  }

  async listDeliveries(
    request: ListDeliveriesRequest,
    options: CallOptions,
  ): Promise<DeliveryPage> {
    await this.#assert([incidentReadPermission], options);
    return this.#service.listDeliveries(request, options);
  }

  /**
   * One question to the framework for all.
   * @returns which of both lists are denied
   * @throws NotAllowedError when one of `needed` is.
   */
  async #assert(
    needed: BasicPermission[],
    { credentials }: CallOptions,
    more: BasicPermission[] = [],
  ): Promise<Denied> {
    const asked = [...new Set([...needed, ...more])];
    const decisions = await this.#permissions.authorize(
      asked.map(permission => ({ permission })),
      { credentials },
    );
    const denied = new Set(
      asked
        .filter((_, index) => decisions[index].result !== AuthorizeResult.ALLOW)
        .map(permission => permission.name),
    );
    const missing = needed.find(permission => denied.has(permission.name));
    if (missing) {
      throw new NotAllowedError(words(missing.name));
    }
    return denied;
  }
}

function restrict(
  permit: IncidentPermit,
  permission: BasicPermission,
  denied: Denied,
): IncidentPermit {
  return denied.has(permission.name)
    ? { allowed: false, reason: words(permission.name) }
    : permit;
}

function restrictView(view: IncidentView, denied: Denied): IncidentView {
  if (denied.size === 0) {
    return view;
  }
  const of = (
    permit: IncidentPermit,
    type: keyof typeof incidentCommandPermissions,
  ) => restrict(permit, incidentCommandPermissions[type], denied);
  return {
    ...view,
    permits: Object.fromEntries(
      Object.entries(view.permits).map(([type, permit]) => [
        type,
        of(permit, type as keyof typeof incidentCommandPermissions),
      ]),
    ),
    roles: view.roles.map(role => ({
      ...role,
      permits: {
        take: of(role.permits.take, 'take-role'),
        offer: of(role.permits.offer, 'offer-role'),
        accept: of(role.permits.accept, 'accept-role'),
        decline: of(role.permits.decline, 'decline-role'),
        release: of(role.permits.release, 'release-role'),
      },
    })),
  };
}
