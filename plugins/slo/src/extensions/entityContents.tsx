import { createRouteRef } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';

/** The kinds that can be measured. */
const MEASURED_KINDS = ['component', 'resource', 'system', 'api'];

export const slosContent = EntityContentBlueprint.make({
  name: 'slos',
  params: {
    path: '/slos',
    title: 'SLOs',
    routeRef: createRouteRef(),
    filter: { kind: { $in: MEASURED_KINDS } },
    loader: () =>
      import('../components/EntitySlos').then(m => <m.EntitySlos />),
  },
});

export const budgetContent = EntityContentBlueprint.make({
  name: 'budget',
  params: {
    path: '/budget',
    title: 'Budget',
    routeRef: createRouteRef(),
    filter: { kind: 'slo' },
    loader: () => import('../components/SloBudget').then(m => <m.SloBudget />),
  },
});
