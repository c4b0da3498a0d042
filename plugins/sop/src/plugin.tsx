import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { sopRouteRefs, toursRouteRef } from '@handrail/plugin-sop-react';
import ChecklistIcon from '@mui/icons-material/Checklist';
import { sopApi } from './extensions/apis';
import {
  gateCard,
  policyCard,
  sopDocumentCard,
  sopRunsCard,
  sopScheduleCard,
  sopStatusCard,
  sopStepsCard,
} from './extensions/entityCards';
import {
  proceduresContent,
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
    proceduresContent,
    sopStatusCard,
    sopDocumentCard,
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
