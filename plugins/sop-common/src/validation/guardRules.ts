import { Rule } from './context';
import { describeValue } from './problem';
import { checkDuration, checkInterval } from './timeRules';

/** Guards are measured at a sensible pace; maxAge has a step to protect. */
export const guardRule: Rule = context => {
  const { steps, report } = context;
  for (const located of steps) {
    const { step, path } = located;
    if (step.type === 'wait' && step.guard) {
      const { every, timeout, retry } = step.guard;
      checkInterval(context, `${path}.guard.every`, every, 'PT1S');
      checkDuration(context, `${path}.guard.timeout`, timeout);
      checkDuration(context, `${path}.guard.retry.backoff`, retry?.backoff);
    }
    if (step.type === 'check' && step.maxAge !== undefined) {
      checkDuration(context, `${path}.maxAge`, step.maxAge);
      const isReliedOn = steps.some(
        other =>
          other.listPath === located.listPath &&
          other.index > located.index &&
          other.step.type !== 'check' &&
          other.step.type !== 'wait',
      );
      if (!isReliedOn) {
        report({
          path: `${path}.maxAge`,
          message:
            'protects nothing: no step follows that relies on the result',
          found: describeValue(step.maxAge),
          allowed: 'maxAge on a check before another step of the same list',
        });
      }
    }
  }
};
