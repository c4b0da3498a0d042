import { createApiRef } from '@backstage/frontend-plugin-api';
import type { SopApi } from '@handrail/plugin-sop-common';

/** The SOP back end as the browser sees it. @public */
export const sopApiRef = createApiRef<SopApi>().with({
  id: 'plugin.sop.client',
  pluginId: 'sop',
});
