export { DatabaseSloStore } from './DatabaseSloStore';
export type {
  CountsPost,
  Outcome,
  Replacement,
  SloStore,
  StatusChange,
  StoredSlo,
  StreamCount,
} from './SloStore';
