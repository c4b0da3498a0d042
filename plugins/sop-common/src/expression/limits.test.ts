import { analyseExpression, evaluateCondition, evaluateExpression } from '.';

const long = Array.from({ length: 20_000 }, (_, n) => n);

describe('an expression that would run long', () => {
  it.each([
    [
      'nested loops that look for what is not there',
      'l.exists(a, l.exists(b, a + b < 0.0))',
    ],
    ['nested loops that never fail', 'l.all(a, l.all(b, a + b >= 0.0))'],
    ['three loops', 'l.exists_one(a, l.exists(b, l.exists(c, c < 0.0)))'],
    ['a list of lists', 'l.map(a, l)'],
    ['a filter in a filter', 'l.filter(a, l.filter(b, b < a).size() < 0)'],
    ['values that hold each other twice', `[1]${'.map(x, [x, x])'.repeat(40)}`],
    ['a text that doubles', `["ab"]${'.map(x, x + x)'.repeat(40)}`],
    ['a list that doubles', `[[1]]${'.map(x, x + x)'.repeat(40)}`],
  ])('is stopped with a sentence: %s', (_, source) => {
    expect(() => evaluateExpression(source, { l: long })).toThrow(
      'it takes too long: more than 1000000 steps',
    );
  });

  it('does not count against the next one', () => {
    expect(evaluateCondition('l.all(a, a >= 0.0)', { l: long })).toBe(true);
    expect(
      evaluateExpression('l.filter(a, a > 19997.0).map(a, a + 1)', { l: long }),
    ).toEqual([19_999, 20_000]);
    expect(evaluateCondition('l.exists(a, a == 7.0)', { l: long })).toBe(true);
  });

  it.each([
    ['"aaaa".matches("(a+)+$")', 'repeats a group that repeats'],
    ['"a".matches(inputs.p)', 'the pattern of matches must be written as text'],
    [`"a".matches("${'a'.repeat(600)}")`, 'has 600 characters'],
  ])('is refused when it is read: %s', (source, message) => {
    expect(analyseExpression(source)).toMatchObject({
      ok: false,
      message: expect.stringContaining(message),
    });
  });

  it('may use patterns that end soon', () => {
    expect(
      analyseExpression('inputs.tag.matches("^v[0-9]+(\\\\.[0-9]+)?$")'),
    ).toMatchObject({ ok: true });
  });
});
