import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A server that SLOs may read from. */
export interface PrometheusServer {
  name: string;
  /** Without a slash at the end. */
  url: string;
  headers: Record<string, string>;
}

/**
 * Reads the servers of the configuration.
 * @throws InputError when a value is not allowed
 */
export function readServers(config: Config): Map<string, PrometheusServer> {
  const servers = new Map<string, PrometheusServer>();
  const sources = config.getOptionalConfigArray('slo.prometheus.sources') ?? [];
  sources.forEach((source, index) => {
    const where = `slo.prometheus.sources[${index}]`;
    const name = source.getString('name');
    const url = source.getString('url');
    if (servers.has(name)) {
      throw new InputError(
        `${where}.name is ${JSON.stringify(
          name,
        )}, as another; allowed: a name of its own`,
      );
    }
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new InputError(
        `${where}.url is ${JSON.stringify(
          url,
        )}; allowed: an address with http or https`,
      );
    }
    servers.set(name, {
      name,
      url: url.replace(/\/+$/, ''),
      headers: source.getOptional<Record<string, string>>('headers') ?? {},
    });
  });
  return servers;
}
