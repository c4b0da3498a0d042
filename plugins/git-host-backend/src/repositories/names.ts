import { InputError } from '@backstage/errors';

/** What a name of an organisation or repository may look like, in words. */
export const NAME_RULE =
  'at most 100 lower-case letters, digits, dots, dashes and underscores, with a letter or digit first and last, no two dots in a row, and not ending in .git, .wiki or .lock';

const NAME = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/;

/** Whether a name is allowed; then it is safe as a folder and in an address. */
export function isName(name: string): boolean {
  return (
    NAME.test(name) && !name.includes('..') && !/\.(git|wiki|lock)$/.test(name)
  );
}

/** @throws InputError naming the field, what was found and what is allowed */
export function assertName(field: string, name: unknown): string {
  if (typeof name !== 'string' || !isName(name)) {
    throw new InputError(`${field} is ${show(name)}; expected ${NAME_RULE}`);
  }
  return name;
}

/**
 * Whether git takes it as the name of a branch or tag, after
 * `git check-ref-format`.
 */
export function isRefName(ref: string): boolean {
  return (
    ref.length > 0 &&
    ref.length <= 255 &&
    ref !== '@' &&
    !/[\p{Cc} ~^:?*[\\]/u.test(ref) &&
    !ref.includes('..') &&
    !ref.includes('@{') &&
    !ref.startsWith('-') &&
    !ref.endsWith('.') &&
    ref
      .split('/')
      .every(
        part => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'),
      )
  );
}

/** @throws InputError naming what was found and what is allowed */
export function assertRefName(ref: string): string {
  if (!isRefName(ref)) {
    throw new InputError(
      `ref is ${show(
        ref,
      )}; expected the name of a branch or tag, or the hash of a commit`,
    );
  }
  return ref;
}

/**
 * Checks a path inside a repository and removes slashes around it.
 * @returns '' for the root
 * @throws InputError naming what was found and what is allowed
 */
export function assertPath(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  const parts = trimmed.split('/');
  const bad =
    trimmed.length > 4096 ||
    /\p{Cc}/u.test(trimmed) ||
    (trimmed !== '' && parts.some(part => ['', '.', '..'].includes(part)));
  if (bad) {
    throw new InputError(
      `path is ${show(
        path,
      )}; expected a path inside the repository, without empty parts, "." and ".."`,
    );
  }
  return trimmed;
}

function show(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  const text = value.length > 120 ? `${value.slice(0, 120)}…` : value;
  return JSON.stringify(text);
}
