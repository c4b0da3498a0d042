import {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuditedGateService, AuthorizedGateService } from './decorators';
import { DefaultGateService } from './DefaultGateService';
import { GateContributors } from './GateContributors';
import { GateService } from './GateService';

/** The gate that routes and actions ask: audited, then authorised. */
export function composeGate(options: {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  contributors: GateContributors;
  logger: LoggerService;
  permissions: PermissionsService;
}): GateService {
  const { contributors } = options;
  return new AuditedGateService(
    new AuthorizedGateService(
      new DefaultGateService({
        ...options,
        contributors: () => contributors.list(),
      }),
      options.permissions,
    ),
    options.auditor,
  );
}
