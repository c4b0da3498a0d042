import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A sender that may deliver. */
export interface AlertmanagerSource {
  name: string;
  token: string;
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LEAST_TOKEN_LENGTH = 16;

/**
 * Reads and checks `incidents.alertmanager.sources`.
 * @throws InputError when a value is not allowed, naming its path and what is
 * allowed. Tokens are never shown.
 */
export function readSources(root: Config): Map<string, AlertmanagerSource> {
  const sources = new Map<string, AlertmanagerSource>();
  const list = root.getOptionalConfigArray('incidents.alertmanager.sources');
  (list ?? []).forEach((config, index) => {
    const path = `incidents.alertmanager.sources[${index}]`;
    const name = config.getString('name');
    if (!NAME.test(name)) {
      throw new InputError(
        `${path}.name is ${JSON.stringify(
          name,
        )}; allowed are lower-case letters, digits and dashes, at most 63`,
      );
    }
    if (sources.has(name)) {
      throw new InputError(
        `${path}.name is ${JSON.stringify(
          name,
        )}, which a source before it has already; names must be unique`,
      );
    }
    const token = config.getString('token');
    if (token.length < LEAST_TOKEN_LENGTH) {
      throw new InputError(
        `${path}.token has ${token.length} characters; at least ${LEAST_TOKEN_LENGTH} are needed`,
      );
    }
    sources.set(name, { name, token });
  });
  return sources;
}
