import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RELATION_MEASURED_BY } from '@handrail/plugin-slo-common';

export const budgetsCard = EntityCardBlueprint.make({
  name: 'budgets',
  params: {
    type: 'content',
    // Without SLOs there is no card, so none leaves a gap in the grid.
    filter: entity =>
      entity.relations?.some(({ type }) => type === RELATION_MEASURED_BY) ??
      false,
    loader: () =>
      import('../components/EntitySloCard').then(m => <m.EntitySloCard />),
  },
});

export const budgetCard = EntityCardBlueprint.make({
  name: 'budget',
  params: {
    type: 'content',
    filter: { kind: 'slo' },
    loader: () =>
      import('../components/SloBudget').then(m => <m.SloBudgetCard />),
  },
});
