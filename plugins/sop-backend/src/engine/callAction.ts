import { isError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import { OUTCOME_UNKNOWN, StepError } from '@handrail/plugin-sop-common';
import { isActionAllowed } from '../config';
import { ActionInfo, ActionInvoker } from './ActionInvoker';

/** Greatest output of an action, in characters of its JSON. */
export const MAX_OUTPUT_SIZE = 65_536;

/** How a call ended. */
export type CallOutcome =
  | { ok: true; output: JsonValue }
  | {
      ok: false;
      error: StepError;
      /** Another try can help and does no harm. */
      retryable: boolean;
    };

/** What to call, and within which bounds. */
export interface Call {
  action: string;
  input: JsonObject;
  idempotencyKey: string;
  /** Milliseconds. */
  timeout: number;
}

/**
 * Calls an action and tells how it ended. Never throws.
 *
 * A failed call is repeated only when the action says that it is read-only or
 * idempotent. Of any other action it may be unknown whether it took effect: then
 * the error is an `OutcomeUnknownError`, and a person decides.
 */
export async function callAction(
  call: Call,
  options: { invoker: ActionInvoker; allowedActions: string[] },
): Promise<CallOutcome> {
  const { invoker, allowedActions } = options;
  if (!isActionAllowed(call.action, allowedActions)) {
    return final(
      'NotAllowedError',
      `Steps may not use ${
        call.action
      }; sop.actions.allow lists ${allowedActions.join(', ')}`,
    );
  }
  let known: ActionInfo[];
  try {
    known = await invoker.list();
  } catch (error) {
    return {
      ok: false,
      error: {
        name: 'ActionsUnavailableError',
        message: `The registered actions cannot be listed: ${messageOf(error)}`,
      },
      retryable: true,
    };
  }
  const info = known.find(one => one.id === call.action);
  if (!info) {
    return final('ActionNotFoundError', notFoundMessage(call.action, known));
  }
  const safe = isSafeToRepeat(info);
  try {
    const output = await withTimeout(
      invoker.invoke(call.action, call.input, call.idempotencyKey),
      call.timeout,
    );
    return acceptOutput(call.action, output);
  } catch (error) {
    return lookUp(describeFailure(error, call, safe), call, invoker);
  }
}

/** An unknown outcome may be found out before anybody is asked. */
async function lookUp(
  outcome: CallOutcome,
  call: Omit<Call, 'timeout'>,
  invoker: ActionInvoker,
): Promise<CallOutcome> {
  if (outcome.ok || outcome.retryable || !isUnknown(outcome)) {
    return outcome;
  }
  try {
    const found = await invoker.reconcile?.(call);
    return found ? acceptOutput(call.action, found.output) : outcome;
  } catch {
    // Who cannot look has found nothing.
    return outcome;
  }
}

function isUnknown(outcome: CallOutcome): boolean {
  return !outcome.ok && outcome.error.name === OUTCOME_UNKNOWN;
}

/** Whether a repeat of the action does no harm. */
export function isSafeToRepeat(info: ActionInfo | undefined): boolean {
  return Boolean(info?.attributes.readOnly || info?.attributes.idempotent);
}

/** The outcome when whoever made the call is gone. */
export async function lostOutcome(
  call: Omit<Call, 'timeout'>,
  invoker: ActionInvoker,
): Promise<CallOutcome> {
  const { action } = call;
  const known = await invoker.list();
  const safe = isSafeToRepeat(known.find(one => one.id === action));
  const outcome: CallOutcome = {
    ok: false,
    error: {
      name: OUTCOME_UNKNOWN,
      message: safe
        ? `${action} was interrupted`
        : `${action} was interrupted; whether it took effect is not known`,
    },
    retryable: safe,
  };
  return lookUp(outcome, call, invoker);
}

class TimeoutError extends Error {}

async function withTimeout<T>(work: Promise<T>, millis: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError()), millis);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function acceptOutput(action: string, output: JsonValue): CallOutcome {
  const size = JSON.stringify(output ?? null).length;
  return size > MAX_OUTPUT_SIZE
    ? final(
        'OutputTooLargeError',
        `${action} answered with ${size} characters; a run keeps at most ${MAX_OUTPUT_SIZE}. What the action did stands`,
      )
    : { ok: true, output: output ?? null };
}

function describeFailure(
  error: unknown,
  call: Call,
  safe: boolean,
): CallOutcome {
  if (error instanceof TimeoutError) {
    const seconds = call.timeout / 1000;
    return safe
      ? {
          ok: false,
          error: {
            name: 'TimeoutError',
            message: `${call.action} did not answer within ${seconds} s`,
          },
          retryable: true,
        }
      : unknown(`${call.action} did not answer within ${seconds} s`);
  }
  const status = statusOf(error);
  if (status === undefined && !wasRefused(error) && isNetworkError(error)) {
    return safe
      ? {
          ok: false,
          error: { name: 'ConnectionError', message: messageOf(error) },
          retryable: true,
        }
      : unknown(`The connection to ${call.action} broke`);
  }
  const { name, message } = causeOf(error);
  const isRefusal = status !== undefined && status >= 400 && status < 500;
  return {
    ok: false,
    error: { name, message },
    // Nothing changes about a refused request by sending it again; a refused
    // connection has done nothing.
    retryable: wasRefused(error) || (safe && !isRefusal),
  };
}

function unknown(what: string): CallOutcome {
  return final(OUTCOME_UNKNOWN, `${what}; whether it took effect is not known`);
}

function final(name: string, message: string): CallOutcome {
  return { ok: false, error: { name, message }, retryable: false };
}

function notFoundMessage(action: string, known: ActionInfo[]): string {
  const pluginId = action.split(':')[0];
  const offered = known
    .map(one => one.id)
    .filter(id => id.startsWith(`${pluginId}:`))
    .sort();
  return offered.length
    ? `There is no action ${action}; ${pluginId} offers ${offered.join(', ')}`
    : `There is no action ${action}: the plugin "${pluginId}" offers none here. Is it installed and in backend.actions.pluginSources?`;
}

function statusOf(error: unknown): number | undefined {
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : undefined;
}

function codeOf(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') {
    return code;
  }
  return cause ? codeOf(cause) : undefined;
}

function wasRefused(error: unknown): boolean {
  return codeOf(error) === 'ECONNREFUSED';
}

function isNetworkError(error: unknown): boolean {
  // What fetch throws when there is no answer.
  const isFetchFailure = isError(error) && error.name === 'TypeError';
  return isFetchFailure || codeOf(error) !== undefined;
}

/** The error that the action itself threw, where the answer tells it. */
function causeOf(error: unknown): StepError {
  const { cause } = error as { cause?: unknown };
  const source =
    statusOf(error) !== undefined && isError(cause) ? cause : error;
  return {
    name: isError(source) ? source.name : 'Error',
    message: messageOf(source),
  };
}

function messageOf(error: unknown): string {
  const message = isError(error) ? error.message : String(error);
  return message.length > 2000 ? `${message.slice(0, 2000)}…` : message;
}
