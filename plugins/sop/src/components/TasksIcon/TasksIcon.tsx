import { useApiHolder } from '@backstage/core-plugin-api';
import { sopApiRef, useTaskCount } from '@handrail/plugin-sop-react';
import TaskAltIcon from '@mui/icons-material/TaskAlt';
import Badge, { badgeClasses } from '@mui/material/Badge';

function CountedIcon() {
  const { data } = useTaskCount();
  const open = (data?.me ?? 0) + (data?.groups ?? 0);
  return (
    // The sidebar names its links by their title alone. The number is drawn and
    // not written, so that what is seen does not contradict what is read out.
    <Badge
      badgeContent=""
      invisible={open === 0}
      color="error"
      overlap="rectangular"
      sx={{
        [`& .${badgeClasses.badge}`]: {
          height: 15,
          minWidth: 15,
          px: 0.5,
          fontSize: 10,
          '&::after': { content: `"${open > 99 ? '99+' : open}"` },
        },
      }}
    >
      <TaskAltIcon fontSize="inherit" />
    </Badge>
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
