export * from './StatusChip';
export * from './SeverityChip';
export * from './DutyState';
export { WordChip } from './WordChip';
