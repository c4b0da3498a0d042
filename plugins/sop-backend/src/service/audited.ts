import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { ForwardedError, isError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/** What an attempt is, in the words of the audit log. */
export interface AuditedAttempt {
  /** What it is about: `run`, `task`, `gate`, … */
  eventId: string;
  /** What is done to it: `create`, `list`, … */
  actionType: string;
  severityLevel: AuditorServiceEventSeverityLevel;
  meta?: JsonObject;
  request?: Request<any, any, any, any, any>;
}

/**
 * Makes an attempt and puts it on record, whether it succeeds or not.
 * @param describe - what the record says of the result
 * @throws what the attempt throws
 */
export async function audited<T>(
  auditor: AuditorService,
  { eventId, actionType, severityLevel, meta, request }: AuditedAttempt,
  attempt: () => Promise<T>,
  describe: (result: T) => JsonObject = () => ({}),
): Promise<T> {
  const event = await auditor.createEvent({
    eventId,
    severityLevel,
    request,
    meta: { actionType, ...meta },
  });
  let result: T;
  try {
    result = await attempt();
  } catch (error) {
    await event.fail({
      error: isError(error) ? error : new ForwardedError('Refused', error),
    });
    throw error;
  }
  await event.success({ meta: describe(result) });
  return result;
}
