import { quote } from '../instants';

/** The parts of a rule by name, as they are written. */
export type RuleParts = Record<string, string>;

const listOf = (item: string) => new RegExp(`^(${item})(,(${item}))*$`);
const WEEKDAY = 'MO|TU|WE|TH|FR|SA|SU';

/** Frequencies that the wall clock gives, rarest first. */
export const WALL_FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'];
/** Frequencies that count elapsed time, with their step in milliseconds. */
export const ELAPSED_FREQUENCIES: Record<string, number> = {
  HOURLY: 3_600_000,
  MINUTELY: 60_000,
};
const ELAPSED_PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL'];

const PARTS: Record<string, { pattern: RegExp; allowed: string }> = {
  FREQ: {
    pattern: /^(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|MINUTELY)$/,
    allowed: 'YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY or MINUTELY',
  },
  INTERVAL: { pattern: /^[1-9]\d{0,4}$/, allowed: '1 to 99999' },
  COUNT: { pattern: /^[1-9]\d{0,4}$/, allowed: '1 to 99999' },
  UNTIL: {
    pattern: /^\d{8}(T\d{6}Z?)?$/,
    allowed: 'a day 20261231 or a time 20261231T235959Z',
  },
  BYMONTH: { pattern: listOf('[1-9]|1[0-2]'), allowed: '1 to 12' },
  BYMONTHDAY: {
    pattern: listOf('-?([1-9]|[12]\\d|3[01])'),
    allowed: '1 to 31 or -31 to -1',
  },
  BYYEARDAY: {
    pattern: listOf('-?([1-9]|[1-9]\\d|[12]\\d\\d|3[0-5]\\d|36[0-6])'),
    allowed: '1 to 366 or -366 to -1',
  },
  BYWEEKNO: {
    pattern: listOf('-?([1-9]|[1-4]\\d|5[0-3])'),
    allowed: '1 to 53 or -53 to -1',
  },
  BYDAY: {
    pattern: listOf(`([+-]?([1-9]|[1-4]\\d|5[0-3]))?(${WEEKDAY})`),
    allowed: 'days such as MO, 1MO or -1FR',
  },
  BYHOUR: { pattern: listOf('0?\\d|1\\d|2[0-3]'), allowed: '0 to 23' },
  BYMINUTE: { pattern: listOf('[0-5]?\\d'), allowed: '0 to 59' },
  BYSECOND: { pattern: listOf('[0-5]?\\d'), allowed: '0 to 59' },
  BYSETPOS: {
    pattern: listOf('-?([1-9]|[1-9]\\d|[12]\\d\\d|3[0-5]\\d|36[0-6])'),
    allowed: '1 to 366 or -366 to -1',
  },
  WKST: { pattern: new RegExp(`^(${WEEKDAY})$`), allowed: WEEKDAY },
};

const MAX_LENGTH = 500;

/**
 * Reads the parts of a rule.
 *
 * @returns the parts, and what is wrong with them in words
 */
export function parseRule(rrule: unknown): {
  parts: RuleParts;
  problems: string[];
} {
  const parts: RuleParts = {};
  const problems: string[] = [];
  if (typeof rrule !== 'string' || !rrule || rrule.length > MAX_LENGTH) {
    return {
      parts,
      problems: [
        `the rule is ${quote(
          rrule,
        )}; allowed is the value of an RRULE of at most ${MAX_LENGTH} characters, such as "FREQ=WEEKLY;BYDAY=MO"`,
      ],
    };
  }
  for (const text of rrule.split(';')) {
    const [, name, value] = /^([^=]*)=(.*)$/.exec(text) ?? [];
    const rule = name === undefined ? undefined : PARTS[name];
    if (!rule) {
      problems.push(
        `the rule has the part ${quote(text)}; allowed are ${Object.keys(
          PARTS,
        ).join(', ')}, each as NAME=value`,
      );
    } else if (name in parts) {
      problems.push(`the rule has ${name} twice; allowed is once`);
    } else if (!rule.pattern.test(value)) {
      problems.push(
        `${name} of the rule is ${quote(value)}; allowed is ${rule.allowed}`,
      );
    }
    if (name) {
      parts[name] = value;
    }
  }
  return {
    parts,
    problems: problems.length ? problems : combinationProblems(parts),
  };
}

/** Parts that are right each, but not together. */
function combinationProblems(parts: RuleParts): string[] {
  const problems: string[] = [];
  if (!parts.FREQ) {
    return ['the rule has no FREQ; allowed is for example "FREQ=DAILY"'];
  }
  if (parts.COUNT && parts.UNTIL) {
    problems.push('the rule has COUNT and UNTIL; allowed is one of them');
  }
  if (parts.FREQ in ELAPSED_FREQUENCIES) {
    const other = Object.keys(parts).filter(
      name => !ELAPSED_PARTS.includes(name),
    );
    if (other.length) {
      problems.push(
        `the rule has FREQ=${parts.FREQ} with ${other.join(
          ' and ',
        )}; allowed with it are INTERVAL, COUNT and UNTIL. Hours of a day are written as FREQ=DAILY;BYHOUR=9,11,13`,
      );
    }
  }
  if (
    /\d/.test(parts.BYDAY ?? '') &&
    (!['MONTHLY', 'YEARLY'].includes(parts.FREQ) || parts.BYWEEKNO)
  ) {
    problems.push(
      `BYDAY of the rule is ${quote(
        parts.BYDAY,
      )}; numbers are allowed with FREQ=MONTHLY, and with FREQ=YEARLY without BYWEEKNO`,
    );
  }
  if (parts.BYWEEKNO && parts.FREQ !== 'YEARLY') {
    problems.push('the rule has BYWEEKNO; allowed is it with FREQ=YEARLY only');
  }
  if (parts.BYYEARDAY && parts.FREQ !== 'YEARLY') {
    problems.push(
      'the rule has BYYEARDAY; allowed is it with FREQ=YEARLY only',
    );
  }
  if (parts.BYMONTHDAY && parts.FREQ === 'WEEKLY') {
    problems.push(
      'the rule has BYMONTHDAY with FREQ=WEEKLY; allowed is it with any other FREQ',
    );
  }
  if (
    parts.BYSETPOS &&
    !Object.keys(parts).some(name => name !== 'BYSETPOS' && /^BY/.test(name))
  ) {
    problems.push(
      'the rule has BYSETPOS alone; allowed is it with another part such as BYDAY',
    );
  }
  return problems;
}
