import { Case, lines } from './__testUtils__/cases';

describe('predicate', () => {
  it.each<Case>([
    [
      'an unknown operator',
      s => {
        s.appliesTo = { $all: [{ kind: { $inn: ['API'] } }] };
      },
      'spec.appliesTo.$all[0].kind.$inn: found "$inn"; allowed: $all, $any, $not, $exists, $in, $contains, $hasPrefix (unknown operator, did you mean "$in"?)',
    ],
    [
      'an operator beside a path',
      s => {
        s.appliesTo = { $all: [{ kind: 'API' }], kind: 'API' };
      },
      'spec.appliesTo: found an object; allowed: an object from paths to values, and the operators $all, $any, $not, $exists, $in, $contains, $hasPrefix (is not a filter predicate)',
    ],
    [
      'an operator with the wrong operand',
      s => {
        s.appliesTo = { kind: { $in: 'API' } };
      },
      'spec.appliesTo: found an object; allowed: an object from paths to values, and the operators $all, $any, $not, $exists, $in, $contains, $hasPrefix (is not a filter predicate)',
    ],
  ])('%s', (_name, change, ...expected) => {
    expect(lines(change)).toEqual(expected);
  });
});
