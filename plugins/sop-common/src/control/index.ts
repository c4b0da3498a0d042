export { decideControl } from './decide';
export * from './diff';
export { evolveControl, newControl, replayControl } from './evolve';
export * from './review';
export {
  approvalsOf,
  missingApprovers,
  standingOf,
  type ControlStanding,
  type RevisionStanding,
} from './standing';
export * from './types';
export {
  controlSentence,
  labelReuse,
  nameOfRevision,
  revisionSentence,
  signatureStatement,
} from './words';
