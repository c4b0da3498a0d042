import fc from 'fast-check';
import { scanJson } from './scanJson';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('scanJson', () => {
  it('takes all that JSON.stringify writes', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 5 }),
        fc.constantFrom(undefined, 2, '\t'),
        (text, space) => {
          const written = JSON.stringify(JSON.parse(text), null, space);
          expect(scanJson(written)).toEqual([]);
        },
      ),
    );
  });

  it('agrees with JSON.parse about texts that were changed in one place', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom(
          '',
          '"',
          ',',
          '}',
          ']',
          ':',
          'x',
          '0',
          '-',
          '.',
          '\n',
          '\\',
          '\u0001',
          '\u007f',
          ' ',
        ),
        (text, at, piece) => {
          const place = at % (text.length + 1);
          const changed = text.slice(0, place) + piece + text.slice(place + 1);
          const broken = scanJson(changed).some(
            ({ message }) => message === 'is no JSON',
          );
          expect([changed, broken]).toEqual([changed, !parses(changed)]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('ends at too many levels', () => {
    expect(scanJson('['.repeat(100_000))).toEqual([
      expect.objectContaining({
        line: 1,
        column: 201,
        allowed: 'at most 200 levels',
      }),
    ]);
  });
});
