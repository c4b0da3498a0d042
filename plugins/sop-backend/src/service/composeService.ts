import {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { RunStore } from '../database/RunStore';
import { AuditedSopRunService } from './AuditedSopRunService';
import { AuthorizedSopRunService } from './AuthorizedSopRunService';
import { DefaultSopRunService } from './DefaultSopRunService';
import { batchingCatalog } from './batchingCatalog';
import { Directory } from './Directory';
import { Procedures } from './Procedures';
import { RunCommitter } from './RunCommitter';
import { RunViews } from './RunViews';
import { SopRunService } from './SopRunService';

/** What the service is made of. */
export interface ComposeServiceOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  store: RunStore;
  allowedActions: string[];
  requireInteractive: boolean;
}

/**
 * The service that routes and actions call: every attempt is audited, then
 * authorised, then done. Who wants to hear of what is committed asks the
 * committer.
 */
export function composeService(options: ComposeServiceOptions): {
  service: SopRunService;
  committer: RunCommitter;
  procedures: Procedures;
} {
  const { auth, catalog, logger, store, userInfo } = options;
  const { allowedActions, requireInteractive } = options;
  const committer = new RunCommitter({ store, logger });
  const directory = new Directory({ auth, catalog, userInfo });
  const views = new RunViews({ auth, directory, store, requireInteractive });
  const procedures = new Procedures({
    catalog: batchingCatalog(catalog),
    allowedActions,
  });
  const service = new AuditedSopRunService(
    new AuthorizedSopRunService(
      new DefaultSopRunService({
        store,
        committer,
        directory,
        procedures,
        views,
      }),
      options.permissions,
    ),
    options.auditor,
  );
  return { service, committer, procedures };
}
