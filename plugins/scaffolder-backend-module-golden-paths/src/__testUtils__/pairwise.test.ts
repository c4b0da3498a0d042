import fc from 'fast-check';
import { pairwise } from './pairwise';

describe('pairwise', () => {
  it('brings every two answers of two questions together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), {
          minLength: 2,
          maxLength: 6,
        }),
        sizes => {
          const questions = Object.fromEntries(
            sizes.map((size, at) => [
              `q${at}`,
              Array.from({ length: size }, (_, answer) => answer),
            ]),
          );
          const rows = pairwise(questions);
          const names = Object.keys(questions);
          const missing = names.flatMap((a, at) =>
            names
              .slice(at + 1)
              .flatMap(b =>
                questions[a].flatMap(i =>
                  questions[b]
                    .filter(
                      j => !rows.some(row => row[a] === i && row[b] === j),
                    )
                    .map(j => [a, i, b, j]),
                ),
              ),
          );
          expect(missing).toEqual([]);
          const all = sizes.reduce((product, size) => product * size, 1);
          expect(rows.length).toBeLessThanOrEqual(all);
        },
      ),
    );
  });

  it('needs few rows', () => {
    const answers = [true, false];
    const rows = pairwise(
      Object.fromEntries('abcdefghij'.split('').map(name => [name, answers])),
    );
    expect(rows.length).toBeLessThan(16);
  });

  it('gives each answer of a single question', () => {
    expect(pairwise({ a: [1, 2, 3] })).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });
});
