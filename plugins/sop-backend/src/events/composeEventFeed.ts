import {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { RunStore } from '../database/RunStore';
import { RunAccess } from '../service/access';
import { AuditedEventFeed } from './AuditedEventFeed';
import { AuthorizedEventFeed } from './AuthorizedEventFeed';
import { DefaultEventFeed } from './DefaultEventFeed';
import { EventFeed } from './EventFeed';

/** The feed that routes ask: audited, then authorised. */
export function composeEventFeed(options: {
  access: RunAccess;
  auditor: AuditorService;
  permissions: PermissionsService;
  store: RunStore;
}): EventFeed {
  return new AuditedEventFeed(
    new AuthorizedEventFeed(new DefaultEventFeed(options.store), options),
    options.auditor,
  );
}
