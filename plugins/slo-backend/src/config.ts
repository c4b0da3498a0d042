import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import { Duration } from 'luxon';

/** An address that is asked at every evaluation. */
export interface ProbeConfig {
  stream: string;
  /** An address, or a path of this back end. */
  target: { url: string } | { path: string };
  timeoutMs: number;
}

/** Typed form of the `slo` section of the configuration. */
export interface SloConfig {
  /** Seconds between two evaluations. */
  intervalSeconds: number;
  /** Age in seconds at which a status is not known any more. */
  unknownAfterSeconds: number;
  /** Part of the budget below which an SLO needs caution. */
  cautionBelow: number;
  probes: ProbeConfig[];
}

/**
 * Reads and checks the configuration of the plugin.
 * @throws InputError when a value is not allowed, naming its path, what was
 * found and what is allowed.
 */
export function readSloConfig(config: Config): SloConfig {
  const slo = config.getOptionalConfig('slo');
  const interval = readSeconds(slo, 'evaluation.interval', { seconds: 30 });
  if (interval < 1) {
    throw new InputError(
      `slo.evaluation.interval is ${interval} s; allowed: at least 1 s`,
    );
  }
  const cautionBelow = slo?.getOptionalNumber('cautionBelow') ?? 0.25;
  if (!(cautionBelow >= 0 && cautionBelow <= 1)) {
    throw new InputError(
      `slo.cautionBelow is ${cautionBelow}; allowed: a fraction from 0 to 1`,
    );
  }
  return {
    intervalSeconds: interval,
    unknownAfterSeconds: readSeconds(slo, 'evaluation.unknownAfter', {
      hours: 1,
    }),
    cautionBelow,
    probes: (slo?.getOptionalConfigArray('embedded.probes') ?? []).map(
      readProbe,
    ),
  };
}

function readSeconds(
  config: Config | undefined,
  key: string,
  fallback: HumanDuration,
): number {
  const duration = config?.has(key)
    ? readDurationFromConfig(config, { key })
    : fallback;
  return Duration.fromObject(duration).as('seconds');
}

function readProbe(config: Config, index: number): ProbeConfig {
  const url = config.getOptionalString('url');
  const path = config.getOptionalString('path');
  const where = `slo.embedded.probes[${index}]`;
  if ((url === undefined) === (path === undefined)) {
    throw new InputError(
      `${where} has ${
        url ? 'url and path' : 'neither url nor path'
      }; allowed: one of them`,
    );
  }
  if (url && (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))) {
    throw new InputError(
      `${where}.url is ${JSON.stringify(
        url,
      )}; allowed: an address with http or https`,
    );
  }
  if (path && !path.startsWith('/')) {
    throw new InputError(
      `${where}.path is ${JSON.stringify(
        path,
      )}; allowed: a path that begins with /`,
    );
  }
  return {
    stream: config.getString('stream'),
    target: url ? { url } : { path: String(path) },
    timeoutMs: readSeconds(config, 'timeout', { seconds: 5 }) * 1000,
  };
}
