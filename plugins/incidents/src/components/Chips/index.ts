export * from './StatusChip';
export * from './SeverityChip';
export * from './DutyState';
