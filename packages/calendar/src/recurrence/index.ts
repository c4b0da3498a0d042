export {
  checkRecurrence,
  recurrenceProblems,
  type RecurrenceProblem,
} from './checkRecurrence';
export { nextOccurrence, occurrences, previousOccurrence } from './occurrences';
export type { OccurrenceRange, Recurrence } from './types';
