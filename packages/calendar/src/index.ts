/**
 * Business time: working days in a zone, with days off.
 *
 * @packageDocumentation
 */
export {
  addBusinessDays,
  checkBusinessCalendar,
  isBusinessDay,
  type BusinessCalendar,
} from './businessDays';
