import fc from 'fast-check';
import { SopProblem, validateSop } from '.';
import { validDocument } from './__testUtils__/documents';

type Key = string | number;

/** The way to every value below the root. */
function waysInto(value: unknown, way: Key[] = []): Key[][] {
  if (typeof value !== 'object' || value === null) {
    return [way];
  }
  const children = Array.isArray(value)
    ? value.flatMap((child, index) => waysInto(child, [...way, index]))
    : Object.entries(value).flatMap(([key, child]) =>
        waysInto(child, [...way, key]),
      );
  return way.length === 0 ? children : [way, ...children];
}

function holderOf(root: unknown, way: Key[]): Record<Key, unknown> {
  return way
    .slice(0, -1)
    .reduce(
      (holder, key) => holder[key] as Record<Key, unknown>,
      root as Record<Key, unknown>,
    );
}

/** Splits `a.b[0]["c d"]` into its keys. */
function keysOf(path: string): Key[] {
  return [
    ...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g),
  ].map(([, index, quoted, plain]) =>
    index !== undefined ? Number(index) : plain ?? JSON.parse(quoted),
  );
}

/** The path leads to a value, or from an existing object to a missing key. */
function leadsSomewhere(path: string, document: unknown): boolean {
  let value = document;
  const keys = keysOf(path);
  return keys.every((key, place) => {
    if (typeof value !== 'object' || value === null) {
      return false;
    }
    const exists = Object.hasOwn(value, key);
    value = (value as Record<Key, unknown>)[key];
    return exists || place === keys.length - 1;
  });
}

/** Problems without a message, or with a path that leads nowhere. */
function findUseless(problems: SopProblem[], ...documents: unknown[]) {
  return problems.filter(
    ({ message, path }) =>
      message === '' ||
      !documents.some(document => leadsSomewhere(path, document)),
  );
}

const ways = waysInto(validDocument());

it('does not depend on the representation', () => {
  expect(validateSop(JSON.parse(JSON.stringify(validDocument())))).toEqual([]);
});

it('survives the loss of any one value', () => {
  for (const way of ways) {
    const document = validDocument();
    const holder = holderOf(document, way);
    const key = way[way.length - 1];
    if (Array.isArray(holder)) {
      holder.splice(Number(key), 1);
    } else {
      delete holder[key];
    }
    const problems = validateSop(document);
    expect(findUseless(problems, validDocument(), document)).toEqual([]);
    expect(validateSop(JSON.parse(JSON.stringify(document)))).toEqual(problems);
  }
});

it('survives any value in any place', () => {
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      '',
      '${{',
      '${{ steps.go }}',
      '__proto__',
      '-PT1S',
      'a:b/c',
    ),
    fc.constantFrom(...ways).map(way => {
      const holder = holderOf(validDocument(), way);
      return holder[way[way.length - 1]];
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...ways), values), {
        minLength: 1,
        maxLength: 3,
      }),
      mutations => {
        const document = validDocument();
        for (const [way, value] of mutations) {
          try {
            holderOf(document, way)[way[way.length - 1]] =
              structuredClone(value);
          } catch {
            // An earlier mutation of the same run removed the place.
          }
        }
        const problems = validateSop(document);
        expect(findUseless(problems, validDocument(), document)).toEqual([]);
      },
    ),
    { numRuns: 1500 },
  );
});
