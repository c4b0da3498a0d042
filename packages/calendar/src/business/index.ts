export {
  addBusinessDuration,
  checkBusinessDuration,
  isBusinessDay,
} from './addBusinessDuration';
export {
  businessCalendarProblems,
  checkBusinessCalendar,
} from './checkBusinessCalendar';
export { parseHolidays } from './parseHolidays';
export type { BusinessCalendar, Holiday } from './types';
