import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A Prometheus that steps may ask. */
export interface PrometheusServer {
  name: string;
  /** Without a slash at its end. */
  url: string;
  headers: Record<string, string>;
}

/** A PostgreSQL database that steps may measure. */
export interface MeasuredDatabase {
  name: string;
  connection: string;
}

/** What is configured, by name. */
export interface MeasurementConfig {
  servers: Map<string, PrometheusServer>;
  databases: Map<string, MeasuredDatabase>;
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads `sop.measurements`.
 * @throws InputError when a value is not allowed, naming its path, what was
 * found and what is allowed.
 */
export function readMeasurementConfig(config: Config): MeasurementConfig {
  return {
    servers: byName(config, 'sop.measurements.prometheus', (one, path) => ({
      url: readUrl(`${path}.url`, one.getString('url')),
      headers: one.getOptional<Record<string, string>>('headers') ?? {},
    })),
    databases: byName(config, 'sop.measurements.postgres', (one, path) => ({
      connection: readConnection(
        `${path}.connection`,
        one.getString('connection'),
      ),
    })),
  };
}

function byName<T extends object>(
  config: Config,
  key: string,
  read: (one: Config, path: string) => T,
): Map<string, T & { name: string }> {
  const known = new Map<string, T & { name: string }>();
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
    known.set(name, { name, ...read(one, path) });
  });
  return known;
}

function readUrl(path: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      `${path} is "${text}"; expected a URL that begins with http:// or https://`,
    );
  }
  return text.replace(/\/+$/, '');
}

/** The text may hold a password, so the error does not repeat it. */
function readConnection(path: string, text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text)) {
    throw new InputError(
      `${path} is not a connection string; expected one that begins with postgresql://`,
    );
  }
  return text;
}

/**
 * What a step names.
 * @throws InputError when nothing with that name is configured.
 */
export function named<T>(
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
