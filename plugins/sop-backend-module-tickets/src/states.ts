import { InputError } from '@backstage/errors';

/** States are compared as people read them. */
export function sameState(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** A ticket cannot get to a state; says from where, and where it could. */
export function noTransition(
  ticket: { key: string; state: string },
  wanted: string[],
  allowed: string[],
): InputError {
  return new InputError(
    `to: found "${wanted.join('", "')}"; ${ticket.key} is in "${
      ticket.state
    }", from where these are allowed: ${allowed.join(', ') || 'none'}`,
  );
}
