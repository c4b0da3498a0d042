import { createApiRef } from '@backstage/frontend-plugin-api';
import type { SloApi } from '@handrail/plugin-slo-common';

/** The SLO back end as the browser sees it. @public */
export const sloApiRef = createApiRef<SloApi>().with({
  id: 'plugin.slo.client',
  pluginId: 'slo',
});
