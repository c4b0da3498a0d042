import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { ForwardedError, isError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  AddCountersRequest,
  AddCountersResult,
  BurnDownRequest,
  ListSlosRequest,
  SloBurnDown,
  SloKey,
  SloPage,
  SloRules,
  SloView,
  ValidationResult,
} from '@handrail/plugin-slo-common';
import { CallOptions, SloService } from './SloService';

/**
 * Writes one audit event per attempt to change something, whether it succeeds
 * or not. It stands outside the permission check, so refusals are on record.
 */
export class AuditedSloService implements SloService {
  readonly #service: SloService;
  readonly #auditor: AuditorService;

  constructor(service: SloService, auditor: AuditorService) {
    this.#service = service;
    this.#auditor = auditor;
  }

  listSlos(request: ListSlosRequest, options: CallOptions): Promise<SloPage> {
    return this.#service.listSlos(request, options);
  }

  getSlo(request: SloKey, options: CallOptions): Promise<SloView> {
    return this.#service.getSlo(request, options);
  }

  getBurnDown(
    request: BurnDownRequest,
    options: CallOptions,
  ): Promise<SloBurnDown> {
    return this.#service.getBurnDown(request, options);
  }

  getRules(request: SloKey, options: CallOptions): Promise<SloRules> {
    return this.#service.getRules(request, options);
  }

  validateDocument(
    request: { content: string },
    options: CallOptions,
  ): Promise<ValidationResult> {
    return this.#service.validateDocument(request, options);
  }

  evaluateSlo(request: SloKey, options: CallOptions): Promise<SloView> {
    const { namespace, name } = request;
    return this.#audit(
      { eventId: 'slo', actionType: 'evaluate', severityLevel: 'low' },
      { namespace, name },
      options,
      () => this.#service.evaluateSlo(request, options),
      ({ status }) => ({ status }),
    );
  }

  addCounters(
    request: AddCountersRequest,
    options: CallOptions,
  ): Promise<AddCountersResult> {
    const streams = [...new Set(request.counts.map(({ stream }) => stream))];
    return this.#audit(
      { eventId: 'counters', actionType: 'add', severityLevel: 'medium' },
      { id: request.id, streams },
      options,
      () => this.#service.addCounters(request, options),
      ({ accepted, repeated }) => ({ accepted, repeated }),
    );
  }

  async #audit<T>(
    event: {
      eventId: string;
      actionType: string;
      severityLevel: AuditorServiceEventSeverityLevel;
    },
    meta: JsonObject,
    { request }: CallOptions,
    attempt: () => Promise<T>,
    describe: (result: T) => JsonObject,
  ): Promise<T> {
    const { eventId, actionType, severityLevel } = event;
    const audit = await this.#auditor.createEvent({
      eventId,
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
