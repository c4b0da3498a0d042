import { Rule } from './context';
import { describeValue } from './problem';

/** A step that has a lock and waits for another one may wait for ever. */
export const lockRule: Rule = ({ steps, report }) => {
  for (const { step, path, parent } of steps) {
    for (let around = parent; step.lock && around; around = around.parent) {
      if (around.step.lock) {
        report({
          path: `${path}.lock`,
          message: `is inside "${around.step.id}", which has a lock already; two runs could wait for each other`,
          found: describeValue(step.lock),
          allowed: 'a lock on one of them',
        });
      }
    }
  }
};
