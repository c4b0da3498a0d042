import type {
  ProcedureProblem,
  TimelineEntry,
} from '@handrail/plugin-sop-common';

/** What a refusal of the back end carries. @public */
export interface ErrorDetails {
  /** HTTP status; absent when no answer came at all. */
  status?: number;
  /** One sentence. */
  message: string;
  /** Bad fields, each with its path such as `inputs.ticket`. */
  problems: ProcedureProblem[];
  /** With 409: what happened to the task meanwhile, newest last. */
  changes: TimelineEntry[];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

function list<T>(value: unknown, isItem: (item: unknown) => item is T): T[] {
  return Array.isArray(value) ? value.filter(isItem) : [];
}

function isProblem(value: unknown): value is ProcedureProblem {
  const { path, message } = record(value);
  return typeof path === 'string' && typeof message === 'string';
}

function isChange(value: unknown): value is TimelineEntry {
  const { seq, at, text } = record(value);
  return (
    typeof seq === 'number' &&
    typeof at === 'string' &&
    typeof text === 'string'
  );
}

/**
 * Reads an error of the client, of whatever shape, without throwing.
 * @public
 */
export function errorDetails(error: unknown): ErrorDetails {
  const outer = record(error);
  const body = record(record(outer.body).error);
  const status =
    typeof outer.statusCode === 'number' ? outer.statusCode : undefined;
  const message =
    [body.message, outer.message].find(
      (text): text is string => typeof text === 'string' && text !== '',
    ) ?? String(error);
  return {
    status,
    message,
    problems: list(body.problems, isProblem),
    changes: list(body.changes, isChange),
  };
}

/** No answer, or one that says nothing about the request. @public */
export function isUncertain(error: unknown): boolean {
  const { status } = errorDetails(error);
  return status === undefined || status >= 500;
}
