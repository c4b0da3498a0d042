import { Rule } from './context';
import { describeValue } from './problem';

/**
 * A sub-procedure is not the procedure itself, and is pinned by a hash or not at
 * all. A circle through other documents is found when a run starts.
 */
export const subProcedureRule: Rule = ({ self, steps, report }) => {
  for (const { step, path } of steps) {
    if (step.type !== 'run') {
      continue;
    }
    if (step.sop === self) {
      report({
        path: `${path}.sop`,
        message: 'cyclic: the procedure calls itself',
        found: describeValue(step.sop),
        allowed: 'another procedure',
      });
    }
    const isPinned = step.revision === 'pinned';
    if (isPinned !== (step.revisionHash !== undefined)) {
      report({
        path: `${path}.revisionHash`,
        message: isPinned
          ? 'is required with revision: pinned'
          : 'has a meaning only with revision: pinned',
        found: describeValue(step.revisionHash),
        allowed: isPinned ? 'the hash of a revision' : 'nothing',
      });
    }
  }
};
