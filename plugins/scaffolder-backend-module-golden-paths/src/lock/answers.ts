import { Linters } from '../verify/Linters';
import { compare } from '../verify/Workspace';

/** Names that mean a secret, whatever the value is. */
const SECRET_NAME =
  /passw(or)?d|passphrase|secret|token|credential|(api|private|access)[-_]?key/i;

/** Answers as they may be kept. */
export interface KeptAnswers {
  answers: Record<string, unknown>;
  /** Dotted paths of what was left out, sorted. */
  omitted: string[];
}

/**
 * Answers without secrets, sorted by name. Left out is what is named as a
 * secret, what equals or contains a secret of the task, and what looks like a
 * token or key.
 */
export async function keepAnswers(
  answers: Record<string, unknown>,
  options: {
    linters: Linters;
    /** Values that must not be written. */
    secrets: readonly string[];
    /** Names that must not be written. */
    secretNames: readonly string[];
  },
): Promise<KeptAnswers> {
  const { linters, secretNames } = options;
  const secrets = options.secrets.filter(secret => secret.length > 3);
  const omitted: string[] = [];

  async function isSecret(name: string, path: string, value: unknown) {
    if (
      SECRET_NAME.test(name) ||
      secretNames.includes(name) ||
      secretNames.includes(path)
    ) {
      return true;
    }
    if (typeof value !== 'string') {
      return false;
    }
    return (
      secrets.some(secret => value.includes(secret)) ||
      (await linters.lint('secrets', { path: 'answers', text: value })).length >
        0
    );
  }

  async function keep(value: unknown, path: string): Promise<unknown> {
    if (Array.isArray(value)) {
      const kept: unknown[] = [];
      for (const [index, item] of value.entries()) {
        const at = `${path}[${index}]`;
        if (await isSecret('', at, item)) {
          omitted.push(at);
        } else {
          kept.push(await keep(item, at));
        }
      }
      return kept;
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const kept: Array<[string, unknown]> = [];
    for (const name of Object.keys(value).sort(compare)) {
      const at = path ? `${path}.${name}` : name;
      const item = (value as Record<string, unknown>)[name];
      if (await isSecret(name, at, item)) {
        omitted.push(at);
      } else if (item !== undefined) {
        kept.push([name, await keep(item, at)]);
      }
    }
    return Object.fromEntries(kept);
  }

  const kept = (await keep(answers, '')) as Record<string, unknown>;
  return { answers: kept, omitted: omitted.sort(compare) };
}
