/** Reads the YAML files that are named on the command line. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { UsageError } from '../lib/args.mjs';

const require = createRequire(import.meta.url);

/** The common package of the SOP plugin, from source. */
export const sop = require('@handrail/plugin-sop-common');
const { LineCounter, parseAllDocuments, isNode } = require('yaml');

/** Greatest size of a file, in bytes. */
const MAX_SIZE = 1_000_000;

/**
 * Every document of a file, with a way from a path in it to its line.
 * @throws UsageError when there is no such file, or one that is too large.
 */
export function readDocuments(file) {
  const path = resolve(process.env.PORTAL_CALLER_DIR ?? process.cwd(), file);
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: ${error.code ?? error.message}`);
  }
  if (text.length > MAX_SIZE) {
    throw new UsageError(
      `${file}: found ${text.length} characters, allowed: at most ${MAX_SIZE}`,
    );
  }
  const lines = new LineCounter();
  return parseAllDocuments(text, { lineCounter: lines })
    .filter(
      document => document.errors.length > 0 || document.contents !== null,
    )
    .map(document => ({
      errors: document.errors.map(error => ({
        line: lines.linePos(error.pos[0]).line,
        text: error.message.split('\n')[0],
      })),
      entity: document.errors.length > 0 ? undefined : document.toJS(),
      lineOf: keys => lineOf(document, lines, keys),
    }));
}

function lineOf(document, lines, keys) {
  for (let rest = keys; rest.length > 0; rest = rest.slice(0, -1)) {
    const node = document.getIn(rest, true);
    if (isNode(node) && node.range) {
      return lines.linePos(node.range[0]).line;
    }
  }
  return undefined;
}

/** Keys of a path such as `spec.steps[2].id`. */
export function pathKeys(path) {
  return [
    ...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g),
  ].map(([, index, quoted, plain]) =>
    index === undefined ? quoted ?? plain : Number(index),
  );
}

/** Everything wrong with a document, one `line: text` each. */
export function problemsOf({ errors, entity, lineOf: find }) {
  if (errors.length > 0) {
    return errors;
  }
  const check =
    entity?.kind === 'SOPPolicy' ? sop.validateSopPolicy : sop.validateSop;
  return check(entity).map(problem => ({
    line: find(pathKeys(problem.path)),
    text: sop.formatProblem(problem),
  }));
}
