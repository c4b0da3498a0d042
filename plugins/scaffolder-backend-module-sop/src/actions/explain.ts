import { InputError, isError } from '@backstage/errors';

/** What the SOP back end said, not that it answered with some status. */
export function explain(error: unknown, what: string): unknown {
  const { body } = error as { body?: { error?: { message?: string } } };
  return isError(error) && body?.error?.message
    ? new InputError(`${what}: ${body.error.message}`)
    : error;
}
