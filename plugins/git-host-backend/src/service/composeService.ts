import {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { RepositoryStore } from '../repositories/RepositoryStore';
import { AuditedGitHostService } from './AuditedGitHostService';
import { AuthorizedGitHostService } from './AuthorizedGitHostService';
import { DefaultGitHostService } from './DefaultGitHostService';
import { GitHostService } from './GitHostService';

/** The service with its permission checks and its audit trail around it. */
export function composeService(options: {
  store: RepositoryStore;
  auditor: AuditorService;
  permissions: PermissionsService;
  anonymousRead: boolean;
}): GitHostService {
  const service = new DefaultGitHostService(options.store);
  return new AuditedGitHostService(
    new AuthorizedGitHostService(service, options),
    options.auditor,
  );
}
