import {
  AuthenticationError,
  ConflictError,
  CustomErrorBase,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { OUTCOME_UNKNOWN } from '@handrail/plugin-sop-common';

/** Longest text of the other side that is passed on. */
const MAX_TEXT = 400;

/**
 * Something was asked for that must not be repeated, and nobody knows whether it
 * happened. A step whose action throws it is in doubt.
 * @public
 */
export class OutcomeUnknownError extends CustomErrorBase {
  name = OUTCOME_UNKNOWN as string;

  constructor(what: string) {
    super(`${what}; whether it took effect is not known`);
  }
}

/** The error for a status from 400 to 499. */
export function refusal(who: string, status: number, said: string): Error {
  const message = `${who} answered ${status}${said ? `: ${said}` : ''}`;
  switch (status) {
    case 401:
      return new AuthenticationError(
        `${who} does not take the credentials of the configuration (401)`,
      );
    case 403:
      return new NotAllowedError(message);
    case 404:
    case 410:
      return new NotFoundError(message);
    case 409:
    case 412:
      return new ConflictError(message);
    default:
      return new InputError(message);
  }
}

/**
 * What a body says about an error, in the forms that Jira (`errorMessages`,
 * `errors` by field), Confluence (`errors` with titles) and GitHub (`message`,
 * `errors`) have; nothing when it says nothing that can be read.
 */
export function textOf(body: string): string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return '';
  }
  const { message, errorMessages, errors } = (value ?? {}) as Record<
    string,
    unknown
  >;
  const texts = [message, ...listOf(errorMessages), ...detailsOf(errors)];
  return texts
    .filter((one): one is string => typeof one === 'string' && one !== '')
    .join('; ')
    .slice(0, MAX_TEXT);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function detailsOf(errors: unknown): unknown[] {
  if (Array.isArray(errors)) {
    return errors.map(one => {
      const { title, detail, message, field, code } = (one ?? {}) as Record<
        string,
        unknown
      >;
      return (
        [title, detail].filter(Boolean).join(': ') ||
        message ||
        [field, code].filter(Boolean).join(': ')
      );
    });
  }
  return typeof errors === 'object' && errors !== null
    ? Object.entries(errors).map(([field, text]) => `${field}: ${text}`)
    : [];
}
