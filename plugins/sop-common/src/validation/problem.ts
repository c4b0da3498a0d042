/** One thing that is wrong with a document. @public */
export interface SopProblem {
  /**
   * Where: dots and brackets from the root, for example
   * `spec.steps[2].evidence[0].kind`. Empty for the document as a whole.
   */
  path: string;
  /** What is wrong, as a sentence without capital and full stop. */
  message: string;
  /** What stands there. */
  found?: string;
  /** What may stand there. */
  allowed?: string;
}

/**
 * A problem as one line:
 * `spec.steps[2].type: found "manul"; allowed: manual, approval (…)`.
 * @public
 */
export function formatProblem(problem: SopProblem): string {
  const where = problem.path === '' ? 'document' : problem.path;
  const facts: string[] = [];
  if (problem.found !== undefined) {
    facts.push(`found ${problem.found}`);
  }
  if (problem.allowed !== undefined) {
    facts.push(`allowed: ${problem.allowed}`);
  }
  return facts.length === 0
    ? `${where}: ${problem.message}`
    : `${where}: ${facts.join('; ')} (${problem.message})`;
}

const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;

/** Appends a property or an index to a path. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') {
    return `${path}[${key}]`;
  }
  if (!PLAIN_KEY.test(key)) {
    return `${path}[${JSON.stringify(key)}]`;
  }
  return path === '' ? key : `${path}.${key}`;
}

const FOUND_LIMIT = 80;

/** A value as it is quoted in a problem, cut to a readable length. */
export function describeValue(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  if (typeof value === 'object' && value !== null) {
    return 'an object';
  }
  const text = JSON.stringify(value) ?? String(value);
  return text.length > FOUND_LIMIT ? `${text.slice(0, FOUND_LIMIT)}…` : text;
}

/**
 * The candidate that was probably meant, if one is near enough: at most one
 * edit in three characters, a swap of neighbours counting as one.
 */
export function nearest(
  found: string,
  candidates: readonly string[],
): string | undefined {
  // The cost grows with both lengths, and no name is longer than this.
  if (found.length > 200) {
    return undefined;
  }
  const limit = Math.max(1, Math.floor(found.length / 3));
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(
      found.toLocaleLowerCase('en-US'),
      candidate.toLocaleLowerCase('en-US'),
    );
    if (distance <= limit && (!best || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** `, did you mean "…"?`, or nothing when no candidate is near. */
export function didYouMean(
  found: string,
  candidates: readonly string[],
): string {
  const candidate = nearest(found, candidates);
  return candidate === undefined ? '' : `, did you mean "${candidate}"?`;
}

/** Optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(
        rows[i - 1][j] + 1,
        row[j - 1] + 1,
        rows[i - 1][j - 1] + substitution,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, rows[i - 2][j - 2] + 1);
      }
      row.push(cost);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
