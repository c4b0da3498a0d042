export { ScheduleCard } from './ScheduleCard';
