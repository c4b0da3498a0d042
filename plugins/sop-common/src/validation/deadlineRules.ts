import { checkBusinessDuration } from '@handrail/calendar';
import { Duration } from 'luxon';
import { SopDeadline, SopEscalation, SopStep } from '../model/types';
import { Rule, RuleContext } from './context';
import { checkPersonRef } from './peopleRules';
import { describeValue, didYouMean } from './problem';
import { checkDuration, checkInterval } from './timeRules';

type HumanStep = Extract<SopStep, { role: string }>;

/** Deadlines can be kept and escalations reach somebody; reminders do not flood. */
export const deadlineRule: Rule = context => {
  for (const { step, path } of context.steps) {
    if ('role' in step) {
      checkInterval(context, `${path}.every`, step.every, 'PT1M');
      if (step.deadline) {
        checkDeadline(context, `${path}.deadline`, step, step.deadline);
      }
    }
    if (step.type === 'parallel') {
      step.branches.forEach(({ every }, index) =>
        checkInterval(
          context,
          `${path}.branches[${index}].every`,
          every,
          'PT1M',
        ),
      );
    }
  }
};

const BY_TYPE: Partial<Record<SopStep['type'], string>> = {
  approval: 'reject',
  handoff: 'return',
};

function checkDeadline(
  context: RuleContext,
  path: string,
  step: HumanStep,
  deadline: SopDeadline,
) {
  const { report } = context;
  const { startWithin, completeWithin, escalations, onTimeout } = deadline;
  if (!startWithin && !completeWithin && !escalations) {
    report({
      path,
      message: 'says nothing',
      found: Object.keys(deadline).join(', '),
      allowed: 'at least one of startWithin, completeWithin, escalations',
    });
  }
  const before = context.problems();
  checkCalendar(context, path, deadline);
  checkTime(context, `${path}.startWithin`, startWithin, deadline);
  checkTime(context, `${path}.completeWithin`, completeWithin, deadline);
  if (context.problems() === before && startWithin && completeWithin) {
    if (millis(startWithin) > millis(completeWithin)) {
      report({
        path: `${path}.startWithin`,
        message: 'is longer than completeWithin',
        found: describeValue(startWithin),
        allowed: `at most ${completeWithin}`,
      });
    }
  }
  checkTimeout(context, path, step, deadline);
  escalations?.forEach((escalation, index) =>
    checkEscalation(context, `${path}.escalations[${index}]`, step, escalation),
  );
  const ends = onTimeout !== undefined && onTimeout !== 'none';
  if (ends && completeWithin && context.problems() === before) {
    escalations?.forEach(({ after }, index) => {
      if (millis(after) >= millis(completeWithin)) {
        report({
          path: `${path}.escalations[${index}].after`,
          message: `comes too late: onTimeout ends the task after ${completeWithin}`,
          found: describeValue(after),
          allowed: `less than ${completeWithin}`,
        });
      }
    });
  }
}

function millis(duration: string): number {
  return Duration.fromISO(duration).toMillis();
}

function checkCalendar(
  { spec, report }: RuleContext,
  path: string,
  { calendar }: SopDeadline,
) {
  const known = Object.keys(spec.calendars ?? {});
  if (calendar !== undefined && !known.includes(calendar)) {
    report({
      path: `${path}.calendar`,
      message: `unknown calendar${didYouMean(calendar, known)}`,
      found: describeValue(calendar),
      allowed: known.join(', ') || 'none, spec.calendars is missing',
    });
  }
}

function checkTime(
  context: RuleContext,
  path: string,
  text: string | undefined,
  { calendar }: SopDeadline,
) {
  const before = context.problems();
  checkDuration(context, path, text);
  if (text && calendar && context.problems() === before) {
    checkBusinessDuration(text).forEach(message =>
      context.report({ path, message }),
    );
  }
}

function checkTimeout(
  { report }: RuleContext,
  path: string,
  step: HumanStep,
  { completeWithin, onTimeout = 'none' }: SopDeadline,
) {
  if (onTimeout === 'none') {
    return;
  }
  const own = BY_TYPE[step.type];
  if (onTimeout !== 'fail' && onTimeout !== own) {
    report({
      path: `${path}.onTimeout`,
      message: `is not possible for a step of type ${step.type}`,
      found: describeValue(onTimeout),
      allowed: ['fail', ...(own ? [own] : []), 'none'].join(', '),
    });
  }
  if (!completeWithin) {
    report({
      path: `${path}.onTimeout`,
      message: 'needs completeWithin',
      found: describeValue(onTimeout),
      allowed: 'onTimeout together with completeWithin',
    });
  }
}

function checkEscalation(
  context: RuleContext,
  path: string,
  step: HumanStep,
  escalation: SopEscalation,
) {
  const { after, to, action } = escalation;
  checkTime(context, `${path}.after`, after, step.deadline ?? {});
  const refs = typeof to === 'string' ? [to] : to;
  refs.forEach((ref, index) =>
    checkPersonRef(
      context,
      typeof to === 'string' ? `${path}.to` : `${path}.to[${index}]`,
      ref,
    ),
  );
  if (
    action === 'widen' &&
    step.type === 'approval' &&
    typeof step.quorum === 'string'
  ) {
    context.report({
      path: `${path}.action`,
      message: `would change who counts for the quorum "${step.quorum}"`,
      found: describeValue(action),
      allowed: 'notify, or a quorum that is a number',
    });
  }
}
