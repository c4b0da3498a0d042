import TaskAltIcon from '@mui/icons-material/TaskAlt';

export function TasksIcon() {
  return <TaskAltIcon fontSize="inherit" />;
}
