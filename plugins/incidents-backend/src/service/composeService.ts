import {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { IncidentPolicy } from '@handrail/plugin-incidents-common';
import { SopService } from '@handrail/plugin-sop-node';
import { IncidentStore } from '../database/IncidentStore';
import { AuditedIncidentsService } from './AuditedIncidentsService';
import { AuthorizedIncidentsService } from './AuthorizedIncidentsService';
import { DefaultIncidentsService } from './DefaultIncidentsService';
import { Entities } from './Entities';
import { IncidentsService } from './IncidentsService';
import { IncidentViews } from './IncidentViews';
import { Names } from './Names';

/**
 * The service that routes and actions call: every attempt is audited, then
 * authorised, then done.
 */
export function composeService(options: {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  permissions: PermissionsService;
  sop: SopService;
  store: IncidentStore;
  policy: IncidentPolicy;
  onCommit: () => void;
}): IncidentsService {
  const { store, policy, sop, onCommit } = options;
  return new AuditedIncidentsService(
    new AuthorizedIncidentsService(
      new DefaultIncidentsService({
        store,
        policy,
        sop,
        onCommit,
        entities: new Entities(options),
        views: new IncidentViews({
          store,
          policy,
          names: new Names(options),
        }),
      }),
      options.permissions,
    ),
    options.auditor,
  );
}
