export { DatabaseSloStore } from './DatabaseSloStore';
export type {
  CountsPost,
  Outcome,
  SloStore,
  StatusChange,
  StoredSlo,
  StreamCount,
} from './SloStore';
