import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

export const ownIncidentsWidget = HomePageWidgetBlueprint.make({
  name: 'own-incidents',
  params: {
    name: 'OwnIncidents',
    title: 'Open incidents on what I own',
    description: 'Incidents that go on and affect what you or your groups own',
    layout: {
      width: { minColumns: 4, defaultColumns: 8 },
      height: { minRows: 2, defaultRows: 4 },
    },
    components: () =>
      import('../components/OwnIncidentsWidget').then(m => ({
        Content: m.OwnIncidentsWidget,
      })),
  },
});
