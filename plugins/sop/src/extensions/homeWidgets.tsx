import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

const LAYOUT = {
  width: { minColumns: 4, defaultColumns: 8 },
  height: { minRows: 2, defaultRows: 4 },
};

export const waitingWidget = HomePageWidgetBlueprint.make({
  name: 'waiting-for-me',
  params: {
    name: 'SopWaitingForMe',
    title: 'Waiting for me',
    description: 'Tasks of procedures that wait for you or one of your groups',
    layout: LAYOUT,
    components: () =>
      import('../components/WaitingWidget').then(m => ({
        Content: m.WaitingWidget,
      })),
  },
});

export const runsWidget = HomePageWidgetBlueprint.make({
  name: 'runs-in-progress',
  params: {
    name: 'SopRunsInProgress',
    title: 'Runs in progress',
    description: 'Procedures that are being run, yours first',
    layout: LAYOUT,
    components: () =>
      import('../components/RunsWidget').then(m => ({
        Content: m.RunsWidget,
      })),
  },
});
