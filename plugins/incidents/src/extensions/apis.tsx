import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { ApiBlueprint } from '@backstage/frontend-plugin-api';
import { IncidentsClient } from '@handrail/plugin-incidents-common';
import { declareApiRef, incidentsApiRef } from '../api';
import { DeclareLauncher } from '../lib/DeclareLauncher';

export const incidentsApi = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: incidentsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new IncidentsClient(deps),
    }),
});

export const declareApi = ApiBlueprint.make({
  name: 'declare',
  params: defineParams =>
    defineParams({
      api: declareApiRef,
      deps: {},
      factory: () => new DeclareLauncher(),
    }),
});
