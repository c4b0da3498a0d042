import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Duration } from 'luxon';
import { EventsConfig, readEventsConfig } from './webhooks/config';

/** A named HTTP endpoint that steps may read. */
export interface SopEndpoint {
  name: string;
  url: URL;
  headers: Record<string, string>;
}

/** Typed form of the `sop` section of the configuration. */
export interface SopConfig {
  /** A vote needs the claim of an interactive sign-in. */
  requireInteractive: boolean;
  /** Globs over action ids. */
  allowedActions: string[];
  /** By name. */
  endpoints: Map<string, SopEndpoint>;
  /** Milliseconds between two looks for due work. */
  cadence: number;
  /** Actions that run at the same time in one replica. */
  concurrency: number;
  /** Milliseconds that work in hand is left alone without a sign of life. */
  leaseMs: number;
  /** Who may send events to steps that listen. */
  listen: EventsConfig;
}

/**
 * Actions that only read what every signed-in person may read, and those that
 * reach nothing but what the configuration names for steps: tickets of the
 * projects in `sop.tickets`, pages of the spaces in `sop.wikis`, TechDocs.
 */
export const DEFAULT_ALLOWED_ACTIONS = [
  'sop:gate',
  'sop:http-get',
  'sop:get-run',
  'sop:list-procedures',
  'sop:postgres-metrics',
  'sop:prometheus-query',
  'sop:get-ticket',
  'sop:create-ticket',
  'sop:link-ticket',
  'sop:transition-ticket',
  'sop:comment-ticket',
  'sop:publish-page',
  'sop:publish-docs',
  'catalog:get-*',
  'catalog:query-*',
];

const OAUTH_CLIENT_KEYS = [
  'auth.experimentalDynamicClientRegistration.enabled',
  'auth.clientIdMetadataDocuments.enabled',
  'auth.experimentalClientIdMetadataDocuments.enabled',
];
const ENDPOINT_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads and checks the configuration of the plugin.
 * @throws InputError when a value is not allowed, naming its path, what was
 * found and what is allowed.
 */
export function readSopConfig(config: Config): SopConfig {
  const sop = config.getOptionalConfig('sop');
  return {
    requireInteractive:
      sop?.getOptionalBoolean('approvals.requireInteractive') ??
      OAUTH_CLIENT_KEYS.some(key => config.getOptionalBoolean(key) === true),
    allowedActions: readAllowedActions(sop),
    endpoints: readEndpoints(sop?.getOptionalConfigArray('endpoints') ?? []),
    cadence: readCadence(sop),
    concurrency: readConcurrency(sop),
    leaseMs: readLease(sop),
    listen: readEventsConfig(sop),
  };
}

function readAllowedActions(sop: Config | undefined): string[] {
  const allow =
    sop?.getOptionalStringArray('actions.allow') ?? DEFAULT_ALLOWED_ACTIONS;
  allow.forEach((glob, index) => {
    if (!/^[^:\s]+:[^:\s]+$/.test(glob)) {
      throw new InputError(
        `sop.actions.allow[${index}] is "${glob}"; expected <pluginId>:<name>, where * stands for any characters, for example "catalog:get-*"`,
      );
    }
  });
  return allow;
}

function readEndpoints(configs: Config[]): Map<string, SopEndpoint> {
  const endpoints = new Map<string, SopEndpoint>();
  configs.forEach((config, index) => {
    const path = `sop.endpoints[${index}]`;
    const name = config.getString('name');
    if (!ENDPOINT_NAME.test(name)) {
      throw new InputError(
        `${path}.name is "${name}"; expected lower-case letters, digits and dashes, at most 63`,
      );
    }
    if (endpoints.has(name)) {
      throw new InputError(
        `${path}.name is "${name}", which an endpoint before it has already; names must be unique`,
      );
    }
    const headers = config.getOptional<Record<string, unknown>>('headers');
    endpoints.set(name, {
      name,
      url: readUrl(`${path}.url`, config.getString('url')),
      headers: readHeaders(`${path}.headers`, headers ?? {}),
    });
  });
  return endpoints;
}

function readUrl(path: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      `${path} is "${text}"; expected a URL that begins with http:// or https://`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${path} contains a user name or a password; put them into headers.Authorization`,
    );
  }
  return url;
}

function readHeaders(
  path: string,
  headers: Record<string, unknown>,
): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') {
      throw new InputError(
        `${path}.${name} is a ${typeof value}; expected a string`,
      );
    }
  }
  return headers as Record<string, string>;
}

function readCadence(sop: Config | undefined): number {
  const text = sop?.getOptionalString('worker.cadence') ?? 'PT2S';
  const millis = Duration.fromISO(text).toMillis();
  if (!(millis >= 100 && millis <= 5000)) {
    throw new InputError(
      `sop.worker.cadence is "${text}"; expected an ISO 8601 duration from PT0.1S to PT5S`,
    );
  }
  return millis;
}

function readLease(sop: Config | undefined): number {
  const text = sop?.getOptionalString('worker.lease') ?? 'PT30S';
  const millis = Duration.fromISO(text).toMillis();
  if (!(millis >= 1000 && millis <= 600_000)) {
    throw new InputError(
      `sop.worker.lease is "${text}"; expected an ISO 8601 duration from PT1S to PT10M`,
    );
  }
  return millis;
}

function readConcurrency(sop: Config | undefined): number {
  const value = sop?.getOptionalNumber('worker.concurrency') ?? 10;
  if (!Number.isInteger(value) || value < 1 || value > 100) {
    throw new InputError(
      `sop.worker.concurrency is ${value}; expected a whole number from 1 to 100`,
    );
  }
  return value;
}

/** Whether `id` matches one of the globs. */
export function isActionAllowed(id: string, globs: string[]): boolean {
  return globs.some(glob => {
    const pattern = glob
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return new RegExp(`^${pattern}$`).test(id);
  });
}
