import { InputError } from '@backstage/errors';
import { ALLOWED_ZONES, isDay, isZone, quote, readLocal } from '../instants';
import { compile, CompiledRule } from './compile';
import { parseRule, RuleParts } from './parseRule';
import { firstFrom } from './search';
import { Recurrence } from './types';

const MAX_EXDATES = 1_000;
/** Compiling takes longer than asking, and the same rules are asked again. */
const MAX_CACHED = 500;
/** Before any `dtstart` that makes sense. */
const LONG_AGO = Date.UTC(1900, 0, 1);
const cache = new Map<string, CompiledRule | RecurrenceProblem[]>();

/** What is wrong with one field of a recurrence. @public */
export interface RecurrenceProblem {
  field: keyof Recurrence;
  /** What was found and what is allowed. */
  problem: string;
}

/**
 * What is wrong with a recurrence, in words that say what was found and what is
 * allowed. A rule that never happens is wrong, too.
 *
 * @returns an empty list when nothing is
 * @public
 */
export function checkRecurrence(recurrence: Recurrence): string[] {
  return recurrenceProblems(recurrence).map(({ problem }) => problem);
}

/** Like {@link checkRecurrence}, with the field of each problem. @public */
export function recurrenceProblems(
  recurrence: Recurrence,
): RecurrenceProblem[] {
  const found = cached(recurrence);
  return Array.isArray(found) ? [...found] : [];
}

/**
 * A recurrence made ready.
 * @throws InputError saying what is wrong with it
 */
export function checkedRule(recurrence: Recurrence): CompiledRule {
  const found = cached(recurrence);
  if (Array.isArray(found)) {
    throw new InputError(
      `Not a recurrence: ${found.map(({ problem }) => problem).join('; ')}`,
    );
  }
  return found;
}

function cached(recurrence: Recurrence): CompiledRule | RecurrenceProblem[] {
  const { rrule, dtstart, timezone, exdate } = recurrence;
  const key = JSON.stringify([rrule, dtstart, timezone, exdate]);
  let found = cache.get(key);
  if (found === undefined) {
    found = examine(recurrence);
  } else {
    cache.delete(key);
  }
  // The last one used is the last one to be forgotten.
  cache.set(key, found);
  if (cache.size > MAX_CACHED) {
    cache.delete(cache.keys().next().value as string);
  }
  return found;
}

function examine(recurrence: Recurrence): CompiledRule | RecurrenceProblem[] {
  const { dtstart, timezone, exdate } = recurrence;
  const { parts, problems } = parseRule(recurrence.rrule);
  const about = (field: keyof Recurrence, texts: string[]) =>
    texts.map(problem => ({ field, problem }));
  const found: RecurrenceProblem[] = about('rrule', problems);
  if (dtstart !== undefined && readLocal(dtstart) === undefined) {
    const problem = `the start is ${quote(
      dtstart,
    )}; allowed are local times without offset such as "2026-11-30T14:00"`;
    found.push({ field: 'dtstart', problem });
  }
  if (!isZone(timezone)) {
    const problem = `the time zone is ${quote(
      timezone,
    )}; allowed is ${ALLOWED_ZONES}`;
    found.push({ field: 'timezone', problem });
  }
  found.push(...about('exdate', exdateProblems(exdate)));
  if (!found.length && dtstart === undefined) {
    found.push(...about('rrule', anchorProblems(parts)));
  }
  if (found.length) {
    return found;
  }
  const rule = compile(recurrence);
  return firstFrom(rule, LONG_AGO) !== undefined
    ? rule
    : about('rrule', [
        `the rule ${quote(
          recurrence.rrule,
        )} has no occurrence; allowed are rules that happen at least once`,
      ]);
}

function exdateProblems(exdate: unknown): string[] {
  if (exdate === undefined) {
    return [];
  }
  if (!Array.isArray(exdate) || exdate.length > MAX_EXDATES) {
    return [
      `the left out times are ${quote(
        exdate,
      )}; allowed is a list of at most ${MAX_EXDATES}`,
    ];
  }
  return exdate
    .filter(text => !isDay(text) && readLocal(text) === undefined)
    .map(
      text =>
        `a left out time is ${quote(
          text,
        )}; allowed are local times such as "2026-12-24T14:00" and days such as "2026-12-24"`,
    );
}

/** Without a start it must be clear from the rule alone when it happens. */
function anchorProblems(parts: RuleParts): string[] {
  const needs: string[] = [];
  if (parts.COUNT) {
    needs.push('COUNT');
  }
  if (parts.INTERVAL && parts.INTERVAL !== '1') {
    needs.push('INTERVAL');
  }
  const dayParts: Record<string, string[]> = {
    WEEKLY: ['BYDAY'],
    MONTHLY: ['BYDAY', 'BYMONTHDAY'],
    YEARLY: ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY'],
  };
  const allowed = dayParts[parts.FREQ];
  if (allowed && !allowed.some(name => parts[name])) {
    needs.push(`FREQ=${parts.FREQ} without ${allowed.join(' or ')}`);
  }
  return needs.map(
    need =>
      `the rule has ${need} and there is no start; allowed is it with a start from which it counts, such as "2026-11-30T14:00"`,
  );
}
