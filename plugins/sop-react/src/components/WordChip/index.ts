export * from './WordChip';
