import {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { DocumentControl } from '../control/DocumentControl';
import { RunStore } from '../database/RunStore';
import { SimulationService } from '../simulation';
import { RunAccess } from './access';
import { AuditedSopRunService } from './AuditedSopRunService';
import { AuthorizedSopRunService } from './AuthorizedSopRunService';
import { DefaultSopRunService } from './DefaultSopRunService';
import { batchingCatalog } from './batchingCatalog';
import { Directory } from './Directory';
import { Policies } from './Policies';
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
  permissionsRegistry: PermissionsRegistryService;
  userInfo: UserInfoService;
  store: RunStore;
  allowedActions: string[];
  requireInteractive: boolean;
  control: DocumentControl;
}

/**
 * The service that routes and actions call: every attempt is audited, then
 * authorised, then done. Who wants to hear of what is committed asks the
 * committer.
 */
export function composeService(options: ComposeServiceOptions): {
  service: SopRunService;
  committer: RunCommitter;
  directory: Directory;
  procedures: Procedures;
  policies: Policies;
  simulation: SimulationService;
  access: RunAccess;
} {
  const { auth, catalog, control, logger, store, userInfo } = options;
  const { allowedActions, requireInteractive } = options;
  const directory = new Directory({ auth, catalog, userInfo });
  const policies = new Policies({ auth, catalog, directory, logger, store });
  const committer = new RunCommitter({ store, logger, policies });
  const views = new RunViews({
    ...{ auth, control, directory, policies, store, requireInteractive },
  });
  const procedures = new Procedures({
    auth,
    catalog: batchingCatalog(catalog),
    control,
    allowedActions,
  });
  const access = new RunAccess(options);
  const service = new AuditedSopRunService(
    new AuthorizedSopRunService(
      new DefaultSopRunService({
        store,
        committer,
        directory,
        policies,
        procedures,
        control,
        views,
      }),
      { access, store },
    ),
    options.auditor,
  );
  const simulation = new SimulationService({
    auth,
    directory,
    now: () => store.now(),
    permissions: options.permissions,
    policies,
    procedures,
  });
  return {
    service,
    committer,
    access,
    directory,
    policies,
    procedures,
    simulation,
  };
}
