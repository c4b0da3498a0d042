import { PermissionsService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Policies } from '../service/Policies';
import { AuthorizedPolicyService } from './AuthorizedPolicyService';
import { DefaultPolicyService } from './DefaultPolicyService';
import { PolicyService } from './PolicyService';

export type { PolicyService } from './PolicyService';

/** What routes ask about policies. */
export function composePolicies(options: {
  catalog: CatalogService;
  permissions: PermissionsService;
  policies: Policies;
}): PolicyService {
  return new AuthorizedPolicyService(
    new DefaultPolicyService(options),
    options.permissions,
  );
}
