/**
 * Append-only, hash-chained journals and their verification.
 *
 * @packageDocumentation
 */

export { canonicalJson } from './lib/canonicalJson';
export { chainEvents, hashEvent } from './lib/chain';
export {
  ChainVerifier,
  type ChainVerifierOptions,
  type StoredEvent,
} from './lib/ChainVerifier';
export { genesisHash, sha256Hex } from './lib/hash';
export { isJournalTimestamp, toJournalTimestamp } from './lib/timestamp';
export type {
  ChainedEvent,
  ChainFailure,
  JournalEvent,
  JournalHead,
  TamperReason,
  TrustedHead,
  VerifyResult,
} from './lib/types';
export { verifyChain } from './lib/verifyChain';

export { isJournalConflict } from './database/conflict';
export {
  KnexJournal,
  type KnownJournal,
  type ReadOptions,
} from './database/KnexJournal';
export { fromRow, hashRow, toRow, type JournalRow } from './database/rows';
export {
  createJournalTable,
  dropJournalTable,
  type JournalTable,
} from './database/table';

export {
  openCheckpoint,
  parseCheckpointText,
  signCheckpoint,
  type Checkpoint,
} from './log/checkpoint';
export { KnexLog } from './log/KnexLog';
export { createLogTables, dropLogTables } from './log/logTables';
export {
  checkSignature,
  encodeSigner,
  generateSigner,
  parseNote,
  parseSignature,
  parseSigner,
  parseVerifier,
  signNote,
  type Note,
  type NoteSignature,
  type NoteSigner,
  type NoteVerifier,
} from './log/note';
export { verifyConsistency, verifyInclusion } from './log/proofs';
export { leafHash, TreeHasher } from './log/tree';
export type {
  LogEntry,
  LogKeyRecord,
  LogLeaf,
  StoredCheckpoint,
} from './log/types';
