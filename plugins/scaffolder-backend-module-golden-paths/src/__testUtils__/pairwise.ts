/**
 * Rows in which every two answers of two questions meet at least once, by a
 * greedy search; far fewer than all combinations. The same input gives the same
 * rows.
 */
export function pairwise<T extends Record<string, readonly unknown[]>>(
  questions: T,
): Array<{ [K in keyof T]: T[K][number] }> {
  const names = Object.keys(questions);
  const open = new Set<string>();
  const pair = (a: number, i: number, b: number, j: number) =>
    a < b ? `${a}:${i} ${b}:${j}` : `${b}:${j} ${a}:${i}`;
  names.forEach((first, a) =>
    names.slice(a + 1).forEach((second, offset) =>
      questions[first].forEach((_one, i) =>
        questions[second].forEach((_other, j) => {
          open.add(pair(a, i, a + 1 + offset, j));
        }),
      ),
    ),
  );
  const rows: number[][] = [];
  while (open.size > 0) {
    // Starting with a pair that is open, every row closes one at least.
    const [[first, second]] = [...open].map(key =>
      key.split(' ').map(part => part.split(':').map(Number)),
    );
    const row: number[] = [];
    row[first[0]] = first[1];
    row[second[0]] = second[1];
    names.forEach((name, at) => {
      if (row[at] !== undefined) {
        return;
      }
      const gains = questions[name].map(
        (_answer, i) =>
          row.filter(
            (j, other) =>
              j !== undefined &&
              other !== at &&
              open.has(pair(at, i, other, j)),
          ).length,
      );
      row[at] = gains.indexOf(Math.max(...gains));
    });
    row.forEach((i, a) =>
      row.forEach((j, b) => {
        if (a < b) {
          open.delete(pair(a, i, b, j));
        }
      }),
    );
    rows.push(row);
  }
  if (rows.length === 0 && names.length === 1) {
    questions[names[0]].forEach((_answer, i) => rows.push([i]));
  }
  return rows.map(
    row =>
      Object.fromEntries(
        names.map((name, at) => [name, questions[name][row[at]]]),
      ) as { [K in keyof T]: T[K][number] },
  );
}
