import { parseEntityRef } from '@backstage/catalog-model';

/** The initiator of runs that a schedule starts. @public */
export const SCHEDULE_REF = 'service:schedule';

/**
 * A person, group or entity in a sentence: `user:default/ana` is "ana",
 * `group:default/release-managers` is "release managers".
 * @public
 */
export function sayName(ref: string): string {
  try {
    if (ref === SCHEDULE_REF) {
      return 'the schedule';
    }
    const { kind, name } = parseEntityRef(ref, { defaultKind: 'user' });
    return kind.toLocaleLowerCase('en-US') === 'group'
      ? name.replace(/[-_.]+/g, ' ')
      : name;
  } catch {
    return ref;
  }
}

/** "a", "a or b", "a, b or c". */
export function sayAny(names: string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}

/** "1 step", "2 steps". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** "a", "a and b", "a, b and c". */
export function sayAnd(names: string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
