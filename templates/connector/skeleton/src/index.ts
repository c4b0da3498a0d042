import { PlatformConnector } from './connector.ts';
import { PlatformNormalizer } from './normalizer.ts';
import platform from './platform.json' with { type: 'json' };
import type { Registration } from './registry.ts';

export { PlatformConnector } from './connector.ts';
export { PlatformNormalizer } from './normalizer.ts';
export { ConnectorRegistry, type Registration } from './registry.ts';
export { exportAll, type ExportResult } from './export.ts';
export type { ClientOptions } from './client.ts';
export * from './types.ts';

/** The entry of this connector: `new ConnectorRegistry().register(registration)`. */
export const registration: Registration = {
  name: platform.name,
  title: platform.title,
  createConnector: options => new PlatformConnector(options),
  createNormalizer: () => new PlatformNormalizer(),
};
