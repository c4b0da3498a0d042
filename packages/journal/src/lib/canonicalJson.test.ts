import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import { canonicalJson } from '..';
import { jsonObject, RUNS } from '../__testUtils__/journals';

jest.setTimeout(RUNS * 100);

describe('canonicalJson', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    expect(
      canonicalJson({
        numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27],
        string: '\u20ac$\u000f\nA\'B"\\\\"/',
        literals: [null, true, false],
      }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units as in RFC 8785, section 3.2.3', () => {
    expect(
      canonicalJson({
        '\u20ac': 1,
        '\r': 2,
        '\ufb33': 3,
        '1': 4,
        '\ud83d\ude00': 5,
        '\u0080': 6,
        '\u00f6': 7,
      }),
    ).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
  });

  it('keeps every value, in one text whatever the order of keys', () => {
    fc.assert(
      fc.property(jsonObject, value => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(value);
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });

  it('takes objects of another realm or without prototype', () => {
    const bare = Object.assign(Object.create(null), { b: 1, a: [2] });
    expect(canonicalJson(structuredClone({ x: bare }))).toBe(
      '{"x":{"a":[2],"b":1}}',
    );
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  class Point {
    x = 1;
  }
  it.each([
    ['undefined', { a: { b: undefined } }, '$.a.b is undefined'],
    ['NaN', { a: [1, NaN] }, '$.a[1] is NaN'],
    ['Infinity', { a: -Infinity }, '$.a is -Infinity'],
    ['a function', { 'a b': () => 1 }, '$["a b"] is a function'],
    ['a method toJSON', { a: { toJSON: () => 1 } }, '$.a.toJSON is a function'],
    ['a symbol', { a: Symbol('s') }, '$.a is a symbol'],
    ['a symbol key', { a: { [Symbol('s')]: 1 } }, '$.a is an object with a'],
    ['a bigint', { a: 1n }, '$.a is a bigint'],
    ['a date', { a: new Date(0) }, '$.a is an instance of Date'],
    ['a map', [new Map()], '$[0] is an instance of Map'],
    ['a class instance', { a: new Point() }, '$.a is an instance of Point'],
    ['a hole', { a: new Array(2) }, '$.a[0] is undefined'],
    ['a lone surrogate', { a: 'x\ud800' }, '$.a is a string with a lone'],
    ['such a key', { '\udc00': 1 }, '$["\\udc00"] is named by a string'],
    ['a cycle', cycle, 'nested more than 200 levels deep, or part of a cycle'],
    ['undefined itself', undefined, '$ is undefined'],
  ])('refuses %s and names its path', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(InputError);
    expect(() => canonicalJson(value)).toThrow(message);
    expect(() => canonicalJson(value)).toThrow(/allowed are null, booleans/);
  });

  it('refuses hostile nesting without exhausting the stack', () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(() => canonicalJson(deep)).toThrow(InputError);
  });

  it('calls the value by the name it is given', () => {
    expect(() => canonicalJson({ a: NaN }, 'event 3: data')).toThrow(
      'event 3: data.a is NaN',
    );
  });
});
