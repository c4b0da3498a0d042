import { createPermission } from '@backstage/plugin-permission-common';

/** See repositories of the embedded git host and their files. @public */
export const gitHostRepositoryReadPermission = createPermission({
  name: 'git-host.repository.read',
  attributes: { action: 'read' },
});

/** Create repositories as a user of the portal. @public */
export const gitHostRepositoryCreatePermission = createPermission({
  name: 'git-host.repository.create',
  attributes: { action: 'create' },
});

/** All permissions of the plugin. @public */
export const gitHostPermissions = [
  gitHostRepositoryReadPermission,
  gitHostRepositoryCreatePermission,
];
