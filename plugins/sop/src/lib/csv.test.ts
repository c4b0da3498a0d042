import { toCsv } from './csv';

it('quotes what needs it and defuses formulas', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['x, "y"', 1],
        ['=HYPERLINK("http://evil")', -1],
        ['two\nlines', undefined],
      ],
    ),
  ).toBe(
    'a,b\r\n"x, ""y""",1\r\n"\'=HYPERLINK(""http://evil"")",-1\r\n"two\nlines",\r\n',
  );
});
