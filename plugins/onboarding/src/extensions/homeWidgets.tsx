import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

export const firstWeekWidget = HomePageWidgetBlueprint.make({
  name: 'first-week',
  params: {
    name: 'OnboardingFirstWeek',
    title: 'My first week',
    description: 'What is next in your first week, and the tours to take',
    layout: {
      width: { minColumns: 4, defaultColumns: 4 },
      height: { minRows: 2, defaultRows: 4 },
    },
    components: () =>
      import('../components/FirstWeekWidget').then(m => ({
        Content: m.FirstWeekWidget,
      })),
  },
});
