import { posix } from 'node:path';
import { scanJson } from '../scanJson';
import { perFile, Validator } from '../types';

/** Files of well-known tools that allow comments in them. */
const WITH_COMMENTS =
  /(^|\/)(tsconfig[^/]*|jsconfig[^/]*|devcontainer|\.eslintrc|\.swcrc|\.babelrc)\.json$|(^|\/)\.(vscode|devcontainer)\//;

/** JSON as the standard has it, with each key once. */
export const jsonValidator: Validator = {
  id: 'json',
  select: workspace =>
    workspace
      .withExtension('.json')
      .filter(path => !WITH_COMMENTS.test(posix.normalize(path))),
  check: perFile(({ path, text }) =>
    scanJson(text).map(problem => ({ path, ...problem })),
  ),
};
