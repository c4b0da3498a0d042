import { Rule } from './context';
import { describeValue } from './problem';

/** Names that expressions give a meaning of their own. */
const TAKEN = [
  ...['inputs', 'target', 'run', 'steps', 'evidence', 'output', 'event'],
  ...['in', 'true', 'false', 'null', 'has', 'size', 'type', 'cel'],
];

/** The variable of the items is its own, and lists are not nested. */
export const forEachRule: Rule = ({ steps, report }) => {
  for (const { step, path, parent } of steps) {
    if (step.type !== 'forEach') {
      continue;
    }
    if (TAKEN.includes(step.as) || step.as in Object.prototype) {
      report({
        path: `${path}.as`,
        message: 'has a meaning of its own in expressions',
        found: describeValue(step.as),
        allowed: 'another name, such as item',
      });
    }
    for (let around = parent; around; around = around.parent) {
      if (around.step.type === 'forEach') {
        report({
          path,
          message: `is inside the forEach step "${around.step.id}"`,
          found: describeValue(step.id),
          allowed:
            'no forEach inside another; let the items be pairs, or run a sub-procedure for each',
        });
      }
    }
  }
};
