import { describe } from './places';

/** What is wrong with a JSON text in one place. */
export interface JsonProblem {
  line: number;
  column: number;
  message: string;
  found?: string;
  allowed?: string;
}

const TOKEN =
  /[\t\n\r ]*(?:([{}[\]:,])|("(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/uy;
const BLANKS = /[\t\n\r ]*/y;
/** Deeper nesting is refused: other readers would run out of stack. */
const MAX_DEPTH = 200;

interface Token {
  kind: 'punctuation' | 'string' | 'literal' | 'end' | 'wrong';
  text: string;
  at: number;
}

class Stop extends Error {
  constructor(readonly token: Token, readonly expected: string) {
    super(expected);
  }
}

/**
 * The first place where a text is no JSON (RFC 8259), after every key that
 * stands in one object twice. `JSON.parse` allows the latter and does not
 * always say where the former is.
 */
export function scanJson(text: string): JsonProblem[] {
  const problems: JsonProblem[] = [];
  const report = (at: number, problem: Omit<JsonProblem, 'line' | 'column'>) =>
    problems.push({ ...placeIn(text, at), ...problem });
  let offset = 0;
  let token = read();

  function read(): Token {
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(text);
    if (!match) {
      BLANKS.lastIndex = offset;
      BLANKS.exec(text);
      const at = BLANKS.lastIndex;
      const kind = at >= text.length ? 'end' : 'wrong';
      return { kind, text: text.slice(at).split('\n', 1)[0], at };
    }
    offset = TOKEN.lastIndex;
    const [, punctuation, string, literal] = match;
    const content = punctuation ?? string ?? literal;
    let kind: Token['kind'] = 'literal';
    if (punctuation) {
      kind = 'punctuation';
    } else if (string) {
      kind = 'string';
    }
    return { kind, text: content, at: offset - content.length };
  }

  const is = (punctuation: string) =>
    token.kind === 'punctuation' && token.text === punctuation;

  function take(punctuation: string, expected: string): void {
    if (!is(punctuation)) {
      throw new Stop(token, expected);
    }
    token = read();
  }

  function members(close: string, depth: number, one: () => void): void {
    if (depth > MAX_DEPTH) {
      throw new Stop(token, `at most ${MAX_DEPTH} levels`);
    }
    token = read();
    if (is(close)) {
      token = read();
      return;
    }
    for (;;) {
      one();
      if (is(close)) {
        token = read();
        return;
      }
      take(',', `"," or "${close}"`);
    }
  }

  function value(depth: number): void {
    if (is('{')) {
      const keys = new Set<string>();
      members('}', depth, () => {
        if (token.kind !== 'string') {
          throw new Stop(token, 'a key in double quotes');
        }
        const key = JSON.parse(token.text) as string;
        if (keys.has(key)) {
          report(token.at, {
            message: 'the key stands there twice',
            found: describe(key),
            allowed: 'each key once',
          });
        }
        keys.add(key);
        token = read();
        take(':', '":"');
        value(depth + 1);
      });
    } else if (is('[')) {
      members(']', depth, () => value(depth + 1));
    } else if (token.kind === 'string' || token.kind === 'literal') {
      token = read();
    } else {
      throw new Stop(token, 'a value');
    }
  }

  try {
    value(1);
    if (token.kind !== 'end') {
      throw new Stop(token, 'nothing more');
    }
  } catch (error) {
    if (!(error instanceof Stop)) {
      throw error;
    }
    report(error.token.at, {
      message: 'is no JSON',
      found:
        error.token.kind === 'end'
          ? 'the end of the file'
          : describe(error.token.text),
      allowed: error.expected,
    });
  }
  return problems;
}

function placeIn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}
