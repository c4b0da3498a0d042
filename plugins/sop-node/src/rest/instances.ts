import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads a list of things that steps refer to by name.
 * @throws InputError when a name is not allowed or there twice, naming its path,
 * what was found and what is allowed.
 * @public
 */
export function readInstances<T>(
  config: Config,
  key: string,
  read: (one: Config, path: string, name: string) => T,
): Map<string, T> {
  const known = new Map<string, T>();
  (config.getOptionalConfigArray(key) ?? []).forEach((one, index) => {
    const path = `${key}[${index}]`;
    const name = one.getString('name');
    if (!NAME.test(name)) {
      throw new InputError(
        `${path}.name is "${name}"; expected lower-case letters, digits and dashes, at most 63`,
      );
    }
    if (known.has(name)) {
      throw new InputError(
        `${path}.name is "${name}", which one before it has already; names must be unique`,
      );
    }
    known.set(name, read(one, path, name));
  });
  return known;
}

/**
 * Reads the base URL of a server; no slash at its end.
 * @throws InputError when it is none, or holds credentials, which it does not
 * repeat.
 * @public
 */
export function readBaseUrl(path: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username || url?.password) {
    throw new InputError(
      `${path} contains a user name or a password; credentials have keys of their own`,
    );
  }
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search) {
    throw new InputError(
      `${path} is "${text}"; expected a URL that begins with http:// or https://`,
    );
  }
  return text.replace(/\/+$/, '');
}

/**
 * What a step names.
 * @throws InputError when nothing with that name is configured.
 * @public
 */
export function instanceNamed<T>(
  known: Map<string, T>,
  input: { field: string; name: string; key: string },
): T {
  const found = known.get(input.name);
  if (!found) {
    const names = [...known.keys()].sort().join(', ');
    throw new InputError(
      `${input.field}: found "${input.name}"; allowed: ${
        names || `none, ${input.key} is empty`
      }`,
    );
  }
  return found;
}
