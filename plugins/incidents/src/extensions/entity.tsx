import { createRouteRef } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { AFFECTED_KINDS } from '../lib/kinds';

export const incidentsContent = EntityContentBlueprint.make({
  params: {
    path: '/incidents',
    title: 'Incidents',
    routeRef: createRouteRef(),
    filter: { kind: { $in: AFFECTED_KINDS } },
    loader: () =>
      import('../components/EntityIncidents').then(m => <m.EntityIncidents />),
  },
});

export const incidentsCard = EntityCardBlueprint.make({
  name: 'open',
  params: {
    type: 'content',
    filter: { kind: { $in: AFFECTED_KINDS } },
    loader: () =>
      import('../components/EntityIncidents').then(m => (
        <m.EntityIncidentsCard />
      )),
  },
});
