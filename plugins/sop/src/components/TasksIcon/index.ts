export { TasksIcon } from './TasksIcon';
