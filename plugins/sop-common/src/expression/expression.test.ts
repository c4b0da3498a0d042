import {
  analyseExpression,
  evaluateCondition,
  evaluateExpression,
  interpolate,
  renderText,
  templateExpressions,
} from '.';

describe('analyseExpression', () => {
  it.each([
    ['inputs.hotfix', ['inputs'], []],
    ["steps.a.evidence.n == steps['b-c'].output.x", ['steps'], ['a', 'b-c']],
    [
      'inputs.list.exists(x, x > 1 && steps.q.output == x)',
      ['inputs', 'steps'],
      ['q'],
    ],
    ['evidence.rows_after - evidence.rows_before == 10', ['evidence'], []],
  ])('lists what %s refers to', (source, roots, stepRefs) => {
    expect(analyseExpression(source)).toMatchObject({
      ok: true,
      roots,
      stepRefs,
    });
  });

  it.each([
    ['1 +', 'Unexpected token: EOF', 3],
    ['', 'The expression is empty', 0],
    ['"a" == 1', 'no such overload: string == int', 0],
  ])('explains what is wrong with %s', (source, message, position) => {
    expect(analyseExpression(source)).toEqual({ ok: false, message, position });
  });

  it('refuses an expression that is too large', () => {
    const source = Array.from({ length: 2500 }, () => '1').join('+');
    expect(analyseExpression(source)).toMatchObject({ ok: false });
  });
});

describe('evaluateExpression', () => {
  it.each([
    ['a + 1', { a: 5 }, 6],
    ['2 * a', { a: 5 }, 10],
    ['a - b == 10', { a: 15, b: 5 }, true],
    ['size(items)', { items: [1, 2] }, 2],
    ['{"a": [1, 2.5, "x"]}', {}, { a: [1, 2.5, 'x'] }],
    ['has(inputs.x) && inputs.x', { inputs: {} }, false],
    ['inputs.?x.orValue("none")', { inputs: {} }, 'none'],
  ])('%s', (source, context, expected) => {
    expect(evaluateExpression(source, context)).toEqual(expected);
  });

  it('says which expression failed and why', () => {
    expect(() => evaluateExpression('inputs.nope', { inputs: {} })).toThrow(
      'Expression "inputs.nope" cannot be evaluated: No such key: nope',
    );
    expect(() => evaluateCondition('1 + 1', {})).toThrow(
      'Expression "1 + 1" must be true or false; found 2',
    );
  });
});

describe('interpolate', () => {
  it('keeps the type of a lone expression and joins the rest', () => {
    expect(
      interpolate(
        {
          n: '${{ inputs.n }}',
          s: 'n is ${{ inputs.n }}!',
          deep: ['${{ inputs.o }}'],
        },
        { inputs: { n: 3, o: { a: 1 } } },
      ),
    ).toEqual({ n: 3, s: 'n is 3!', deep: [{ a: 1 }] });
  });

  it('does not end an expression inside a string literal', () => {
    expect(templateExpressions('${{ "}}" + inputs.a }} and ${{ b }}')).toEqual([
      '"}}" + inputs.a',
      'b',
    ]);
  });

  it('refuses an expression that is never closed', () => {
    expect(() => templateExpressions('x ${{ inputs.a')).toThrow(
      '"${{" at position 2 is never closed',
    );
  });

  it('does not evaluate what a value brings along', () => {
    expect(
      interpolate('${{ inputs.text }}', { inputs: { text: '${{ 1 + 1 }}' } }),
    ).toBe('${{ 1 + 1 }}');
  });
});

describe('renderText', () => {
  it('shows … for what is not known yet', () => {
    expect(
      renderText('Tag ${{ steps.tag.evidence.tag }} of ${{ inputs.name }}', {
        inputs: { name: 'pay' },
        steps: {},
      }),
    ).toBe('Tag … of pay');
  });
});
