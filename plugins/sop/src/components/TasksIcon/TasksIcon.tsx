import {
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  sopApiRef,
  useTaskCount,
  visuallyHidden,
} from '@handrail/plugin-sop-react';
import TaskAltIcon from '@mui/icons-material/TaskAlt';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import { sopTranslationRef } from '../../translation';

function CountedIcon() {
  const { t } = useTranslationRef(sopTranslationRef);
  const { data } = useTaskCount();
  const open = (data?.me ?? 0) + (data?.groups ?? 0);
  return (
    <>
      <Badge
        badgeContent={open}
        max={99}
        color="error"
        overlap="circular"
        componentsProps={{ badge: { 'aria-hidden': true } }}
      >
        <TaskAltIcon fontSize="inherit" />
      </Badge>
      {open > 0 && (
        <Box component="span" sx={visuallyHidden}>
          {t('tasks.openCount', { number: String(open) })}
        </Box>
      )}
    </>
  );
}

/** The icon of "My tasks" in the navigation, with how many are open. */
export function TasksIcon() {
  // The navigation is drawn wherever the app likes, so nothing is taken for granted.
  return useApiHolder().get(sopApiRef) ? (
    <CountedIcon />
  ) : (
    <TaskAltIcon fontSize="inherit" />
  );
}
