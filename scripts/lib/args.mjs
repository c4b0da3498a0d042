/** The arguments of `./portal test` and `./portal lint`. */

export const PARTS = ['lint', 'unit', 'e2e'];

/** A wrong argument: the message says what was found and what is allowed. */
export class UsageError extends Error {}

/** Reads `[part] [--full]`; no part means all of them. */
export function parseTestArgs(args) {
  const parts = args.filter(arg => PARTS.includes(arg));
  const full = args.includes('--full');
  const unknown = args.find(arg => arg !== '--full' && !PARTS.includes(arg));
  if (unknown !== undefined) {
    throw new UsageError(
      `test: unknown argument '${unknown}', allowed: ${PARTS.join(
        ', ',
      )}, --full`,
    );
  }
  return { parts: parts.length ? [...new Set(parts)] : PARTS, full };
}

/** Reads `[--fix]`. */
export function parseLintArgs(args) {
  const unknown = args.find(arg => arg !== '--fix');
  if (unknown !== undefined) {
    throw new UsageError(`lint: unknown argument '${unknown}', allowed: --fix`);
  }
  return { fix: args.includes('--fix') };
}
