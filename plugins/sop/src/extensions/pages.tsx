import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { rootRouteRef, tasksRouteRef } from '@handrail/plugin-sop-react';
import ChecklistIcon from '@mui/icons-material/Checklist';
import { TasksIcon } from '../components/TasksIcon';

export const sopPage = PageBlueprint.make({
  params: {
    path: '/sops',
    title: 'SOPs',
    icon: <ChecklistIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () => import('../components/SopRouter').then(m => <m.SopRouter />),
  },
});

export const tasksPage = PageBlueprint.make({
  name: 'tasks',
  params: {
    path: '/tasks',
    title: 'My tasks',
    icon: <TasksIcon />,
    routeRef: tasksRouteRef,
    loader: () => import('../components/TasksPage').then(m => <m.TasksPage />),
  },
});
