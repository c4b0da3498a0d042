export * from './PersonChip';
