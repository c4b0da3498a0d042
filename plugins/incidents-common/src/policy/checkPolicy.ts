import { InputError } from '@backstage/errors';
import { checkBusinessCalendar } from '@handrail/calendar';
import { Duration } from 'luxon';
import { COMMANDER, IncidentPolicy, ObligationRule } from './types';

/**
 * Milliseconds of an ISO 8601 duration; a day has 24 hours.
 * @throws InputError naming the path when it is not one or not positive enough.
 * @public
 */
export function durationMillis(text: string, path: string, least = 0): number {
  const duration = Duration.fromISO(text);
  const millis = duration.isValid ? duration.toMillis() : Number.NaN;
  if (!(millis >= least) || /[YM].*T|[YM]$/.test(text.split('T')[0])) {
    throw new InputError(
      `${path} is ${JSON.stringify(
        text,
      )}; allowed are ISO 8601 durations of weeks, days, hours, minutes and seconds, for example "PT5M"`,
    );
  }
  return millis;
}

/**
 * Checks a policy once, where it is read.
 * @throws InputError naming the path of what is wrong, what was found and what
 * is allowed.
 * @public
 */
export function checkPolicy(
  policy: IncidentPolicy,
  path = 'incidents',
): IncidentPolicy {
  const severities = unique(
    policy.severities.map(one => one.id),
    `${path}.severities`,
  );
  if (severities.length === 0) {
    throw new InputError(`${path}.severities is empty; at least one is needed`);
  }
  const roles = unique(
    policy.roles.map(one => one.id),
    `${path}.roles`,
  );
  if (!roles.includes(COMMANDER)) {
    throw new InputError(
      `${path}.roles has ${roles.join(
        ', ',
      )}; a role with the id "${COMMANDER}" is needed`,
    );
  }
  policy.obligations.forEach((rule, index) =>
    checkRule(rule, severities, `${path}.obligations[${index}]`),
  );
  policy.obligations.forEach((rule, index) => {
    const earlier = policy.obligations.slice(0, index);
    for (const severity of rule.severities) {
      if (
        earlier.some(
          one => one.kind === rule.kind && one.severities.includes(severity),
        )
      ) {
        throw new InputError(
          `${path}.obligations[${index}] is a second rule of kind ${rule.kind} for ${severity}; one is allowed`,
        );
      }
    }
  });
  durationMillis(policy.offerExpiry, `${path}.offerExpiry`, 1000);
  policy.waiverNeedsSecond.forEach((severity, index) =>
    assertOneOf(severity, severities, `${path}.waiverNeedsSecond[${index}]`),
  );
  checkBusinessCalendar(policy.calendar, `${path}.calendar`);
  return policy;
}

function checkRule(
  rule: ObligationRule,
  severities: string[],
  path: string,
): void {
  assertOneOf(rule.kind, ['commander', 'update', 'review'], `${path}.kind`);
  rule.severities.forEach((severity, index) =>
    assertOneOf(severity, severities, `${path}.severities[${index}]`),
  );
  if (typeof rule.due === 'string') {
    durationMillis(rule.due, `${path}.due`, 1000);
  } else {
    const { businessDays } = rule.due;
    if (
      !Number.isInteger(businessDays) ||
      businessDays < 1 ||
      businessDays > 365
    ) {
      throw new InputError(
        `${path}.due.businessDays is ${businessDays}; allowed are whole numbers from 1 to 365`,
      );
    }
  }
  if (rule.warnAt !== undefined && !(rule.warnAt > 0 && rule.warnAt < 1)) {
    throw new InputError(
      `${path}.warnAt is ${rule.warnAt}; allowed are numbers above 0 and below 1`,
    );
  }
  if (rule.levels.length === 0) {
    throw new InputError(`${path}.levels is empty; at least one is needed`);
  }
  let previous = -1;
  rule.levels.forEach((level, index) => {
    const after = durationMillis(level.after, `${path}.levels[${index}].after`);
    if (after <= previous) {
      throw new InputError(
        `${path}.levels[${index}].after is ${level.after}; it must be longer than that of the level before`,
      );
    }
    previous = after;
  });
}

function unique(ids: string[], path: string): string[] {
  ids.forEach((id, index) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/.test(id)) {
      throw new InputError(
        `${path}[${index}].id is ${JSON.stringify(
          id,
        )}; allowed are letters, digits and dashes, at most 40`,
      );
    }
    if (ids.indexOf(id) !== index) {
      throw new InputError(
        `${path}[${index}].id is ${JSON.stringify(id)}, which is there twice`,
      );
    }
  });
  return ids;
}

function assertOneOf(value: string, allowed: string[], path: string): void {
  if (!allowed.includes(value)) {
    throw new InputError(
      `${path} is ${JSON.stringify(value)}; allowed are ${allowed.join(', ')}`,
    );
  }
}
