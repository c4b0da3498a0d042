import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The kinds that procedures are about. */
const GOVERNED_KINDS = ['component', 'resource', 'system', 'api'];

export const sopStepsContent = EntityContentBlueprint.make({
  name: 'steps',
  params: {
    path: '/steps',
    title: 'Steps',
    routeRef: createRouteRef(),
    filter: { kind: 'sop' },
    loader: () =>
      import('../components/EntitySteps').then(m => <m.EntitySteps />),
  },
});

export const sopRunsContent = EntityContentBlueprint.make({
  name: 'runs',
  params: {
    path: '/runs',
    title: 'Runs',
    routeRef: createRouteRef(),
    filter: { kind: 'sop' },
    loader: () =>
      import('../components/EntityRuns').then(m => <m.EntityRuns />),
  },
});

export const sopRevisionsContent = EntityContentBlueprint.make({
  name: 'revisions',
  params: {
    path: '/revisions',
    title: 'Revisions',
    routeRef: createRouteRef(),
    filter: { kind: 'sop' },
    loader: () =>
      import('../components/EntityRevisions').then(m => <m.EntityRevisions />),
  },
});

export const proceduresContent = EntityContentBlueprint.make({
  name: 'procedures',
  params: {
    path: '/procedures',
    title: 'Procedures',
    routeRef: createRouteRef(),
    filter: { kind: { $in: GOVERNED_KINDS } },
    loader: () =>
      import('../components/EntityProcedures').then(m => (
        <m.EntityProcedures />
      )),
  },
});
