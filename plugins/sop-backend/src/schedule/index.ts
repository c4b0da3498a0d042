export { composeSchedules } from './composeSchedules';
export type { ScheduleService } from './ScheduleService';
