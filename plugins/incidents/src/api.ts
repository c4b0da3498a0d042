import { createApiRef } from '@backstage/frontend-plugin-api';
import type { IncidentsApi } from '@handrail/plugin-incidents-common';
import type { DeclareLauncher } from './lib/DeclareLauncher';

/** The incidents back end as the browser sees it. @public */
export const incidentsApiRef = createApiRef<IncidentsApi>().with({
  id: 'plugin.incidents.client',
  pluginId: 'incidents',
});

/** Opens the form that declares an incident, from wherever. @public */
export const declareApiRef = createApiRef<DeclareLauncher>().with({
  id: 'plugin.incidents.declare',
  pluginId: 'incidents',
});
