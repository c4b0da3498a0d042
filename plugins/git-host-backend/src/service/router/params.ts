import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { CallOptions, RepositoryKey } from '../GitHostService';
import { Authenticator } from '../Authenticator';

const MAX_LIMIT = 50;

/** The repository that the address names; a `.git` at the end is git's habit. */
export function keyOf(req: Request): RepositoryKey {
  const { owner, repo } = req.params;
  return { owner, name: repo.replace(/\.git$/, '') };
}

export async function callOptions(
  req: Request,
  authenticator: Authenticator,
): Promise<CallOptions> {
  return { caller: await authenticator.authenticate(req) };
}

/** A query parameter that may be given once. */
export function textOf(req: Request, name: string): string | undefined {
  const value = req.query[name];
  if (value === undefined || typeof value === 'string') {
    return value || undefined;
  }
  throw new InputError(`${name} is given more than once; expected it once`);
}

/** `page` from 1 and `limit` from 1 to 50. */
export function pageOf(req: Request): { page: number; limit: number } {
  return {
    page: wholeNumber(req, 'page', 1, 1_000_000),
    limit: wholeNumber(req, 'limit', 30, MAX_LIMIT),
  };
}

function wholeNumber(
  req: Request,
  name: string,
  fallback: number,
  max: number,
): number {
  const text = textOf(req, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > max) {
    throw new InputError(
      `${name} is "${text}"; expected a whole number from 1 to ${max}`,
    );
  }
  return value;
}
