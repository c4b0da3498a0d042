/**
 * Scaffolder actions that verify and lock what a golden path renders.
 *
 * @packageDocumentation
 */
export { scaffolderModuleGoldenPaths as default } from './module';
export type { GoldenPathLock, LockedFile, Ownership } from './lock/types';
export { CHECK_IDS } from './verify/types';
export type {
  CheckId,
  CheckResult,
  Finding,
  VerificationReport,
} from './verify/types';
