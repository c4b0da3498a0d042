export { checkRecurrence } from './checkRecurrence';
export { nextOccurrence, occurrences, previousOccurrence } from './occurrences';
export type { OccurrenceRange, Recurrence } from './types';
