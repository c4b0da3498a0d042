import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

export const troubleWidget = HomePageWidgetBlueprint.make({
  name: 'budgets-in-trouble',
  params: {
    name: 'SloBudgetsInTrouble',
    title: 'Budgets in trouble',
    description: 'Error budgets that are spent or nearly so, yours first',
    layout: {
      width: { minColumns: 4, defaultColumns: 8 },
      height: { minRows: 2, defaultRows: 4 },
    },
    components: () =>
      import('../components/TroubleWidget').then(m => ({
        Content: m.TroubleWidget,
      })),
  },
});
