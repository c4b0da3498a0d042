import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { sopRouteRefs, toursRouteRef } from '@handrail/plugin-sop-react';
import ChecklistIcon from '@mui/icons-material/Checklist';
import { sopApi } from './extensions/apis';
import {
  gateCard,
  policyCard,
  sopControlCard,
  sopDocumentCard,
  sopRunsCard,
  sopScheduleCard,
  sopStatusCard,
  sopStepsCard,
} from './extensions/entityCards';
import {
  proceduresContent,
  sopRevisionsContent,
  sopRunsContent,
  sopStepsContent,
} from './extensions/entityContents';
import { runsWidget, waitingWidget } from './extensions/homeWidgets';
import { sopPage, tasksPage } from './extensions/pages';
import { sopSearchResult } from './extensions/searchResults';

/**
 * Standard operating procedures: catalogue, runs, tasks, entity tabs.
 * @public
 */
export const sopPlugin = createFrontendPlugin({
  pluginId: 'sop',
  title: 'SOPs',
  icon: <ChecklistIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: sopRouteRefs,
  externalRoutes: { tours: toursRouteRef },
  extensions: [
    sopApi,
    sopPage,
    tasksPage,
    sopStepsContent,
    sopRunsContent,
    sopRevisionsContent,
    proceduresContent,
    sopStatusCard,
    sopDocumentCard,
    sopControlCard,
    sopStepsCard,
    sopRunsCard,
    sopScheduleCard,
    gateCard,
    policyCard,
    waitingWidget,
    runsWidget,
    sopSearchResult,
  ],
});
