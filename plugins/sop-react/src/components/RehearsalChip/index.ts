export { RehearsalChip, type RehearsalChipProps } from './RehearsalChip';
