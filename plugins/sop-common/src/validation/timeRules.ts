import { DateTime, Duration, IANAZone } from 'luxon';
import { WaitStep } from '../model/types';
import { Rule, RuleContext } from './context';
import { describeValue } from './problem';

const MAX_STEP_DAYS = 366;
/** Reviews may be further apart than anything in a run. */
const MAX_REVIEW_DAYS = 5 * 366;

/** Durations, instants, times of day, zones and dates. */
export const timeRule: Rule = context => {
  const { spec, steps } = context;
  const { document } = spec;
  checkDuration(
    context,
    'spec.document.reviewEvery',
    document?.reviewEvery,
    MAX_REVIEW_DAYS,
  );
  checkDate(context, 'spec.document.effectiveFrom', document?.effectiveFrom);
  checkDuration(
    context,
    'spec.compliance.every',
    spec.compliance?.every,
    MAX_REVIEW_DAYS,
  );
  if (spec.compliance && spec.appliesTo === undefined) {
    context.report({
      path: 'spec.compliance',
      message: 'says what entities owe, but the procedure governs none',
      found: 'no spec.appliesTo',
      allowed: 'a filter predicate in spec.appliesTo, or no spec.compliance',
    });
  }
  checkDuration(
    context,
    'spec.breakGlass.reviewWithin',
    spec.breakGlass?.reviewWithin,
  );
  for (const { step, path } of steps) {
    if (step.type === 'wait') {
      checkWait(context, path, step);
    }
    if (step.type === 'check' || step.type === 'action') {
      checkDuration(context, `${path}.timeout`, step.timeout);
      checkDuration(context, `${path}.retry.backoff`, step.retry?.backoff);
    }
    if (step.type === 'listen') {
      checkDuration(context, `${path}.timeout`, step.timeout);
      checkDuration(context, `${path}.lookback`, step.lookback, 1);
    }
    if (step.compensation?.type === 'action') {
      const { timeout, retry } = step.compensation;
      checkDuration(context, `${path}.compensation.timeout`, timeout);
      checkDuration(
        context,
        `${path}.compensation.retry.backoff`,
        retry?.backoff,
      );
    }
  }
};

function checkWait(context: RuleContext, path: string, step: WaitStep) {
  const { duration, until, untilTime, timezone } = step;
  const used = Object.entries({ duration, until, untilTime })
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key);
  if (used.length !== 1) {
    context.report({
      path,
      message: 'must say when the wait ends',
      found: used.join(' and ') || 'nothing',
      allowed: 'exactly one of duration, until, untilTime',
    });
  }
  checkDuration(context, `${path}.duration`, duration);
  if (until !== undefined && !until.includes('${{')) {
    checkInstant(context, `${path}.until`, until);
  }
  if (untilTime !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(untilTime)) {
    context.report({
      path: `${path}.untilTime`,
      message: 'is not a time of day',
      found: describeValue(untilTime),
      allowed: 'HH:mm from 00:00 to 23:59',
    });
  }
  if (timezone === undefined) {
    return;
  }
  if (untilTime === undefined) {
    context.report({
      path: `${path}.timezone`,
      message: 'has a meaning only with untilTime',
      found: describeValue(timezone),
      allowed: 'nothing',
    });
  } else if (!IANAZone.isValidZone(timezone)) {
    context.report({
      path: `${path}.timezone`,
      message: 'is not a time zone',
      found: describeValue(timezone),
      allowed: 'an IANA name such as Etc/UTC or Europe/Berlin',
    });
  }
}

export function checkDuration(
  context: RuleContext,
  path: string,
  text: string | undefined,
  maxDays = MAX_STEP_DAYS,
) {
  if (text === undefined) {
    return;
  }
  const allowed = `an ISO 8601 duration such as PT30M, more than zero and at most ${maxDays} days`;
  const found = describeValue(text);
  const duration = Duration.fromISO(text);
  if (!duration.isValid) {
    context.report({ path, message: 'is not a duration', found, allowed });
  } else if (duration.toMillis() <= 0) {
    context.report({
      path,
      message: duration.toMillis() < 0 ? 'is negative' : 'is zero',
      found,
      allowed,
    });
  } else if (duration.as('days') > maxDays) {
    context.report({ path, message: 'is too long', found, allowed });
  }
}

/** A duration that is not too short either. */
export function checkInterval(
  context: RuleContext,
  path: string,
  text: string | undefined,
  least: string,
) {
  const before = context.problems();
  checkDuration(context, path, text);
  const length = Duration.fromISO(text ?? '');
  if (
    context.problems() === before &&
    text !== undefined &&
    length.toMillis() < Duration.fromISO(least).toMillis()
  ) {
    context.report({
      path,
      message: 'is too short',
      found: describeValue(text),
      allowed: `an ISO 8601 duration of at least ${least}`,
    });
  }
}

/** Without an offset the meaning would depend on the machine that reads it. */
function checkInstant(context: RuleContext, path: string, text: string) {
  const hasOffset = /T.*(Z|[+-]\d{2}(:?\d{2})?)$/.test(text);
  if (!hasOffset || !DateTime.fromISO(text).isValid) {
    context.report({
      path,
      message: hasOffset ? 'is not an instant' : 'has no time with an offset',
      found: describeValue(text),
      allowed: 'an ISO 8601 instant such as 2026-11-01T14:00:00Z',
    });
  }
}

function checkDate(
  context: RuleContext,
  path: string,
  text: string | undefined,
) {
  if (text === undefined) {
    return;
  }
  const isDate =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid;
  if (!isDate) {
    context.report({
      path,
      message: 'is not a date',
      found: describeValue(text),
      allowed: 'an ISO 8601 date such as 2026-11-01',
    });
  }
}
