import { perFile, Problem, Validator } from '../types';

/**
 * Placeholders of the scaffolder and of cookiecutter. Expressions of GitHub
 * (`github`, `secrets`, `steps.….outputs`, …), of procedures and of Helm begin
 * with other names.
 */
const PLACEHOLDER =
  /\$\{\{-?\s*(?:values|parameters|cookiecutter)\s*[.[|}][^\n}]{0,60}(?:\}\})?|\{\{-?\s*cookiecutter\s*[.[][^\n}]{0,60}(?:\}\})?|\{%-?\s*(?:end)?raw\s*-?%\}/g;

/** What a template should have filled in and did not. */
export const leftoversValidator: Validator = {
  id: 'leftovers',
  select: workspace => [...new Set([...workspace.texts, ...workspace.files])],
  async check(paths, context) {
    const inText = perFile(({ path, text }) =>
      text.split('\n').flatMap((line, index) =>
        [...line.matchAll(PLACEHOLDER)].map(match =>
          problem(path, match[0], {
            line: index + 1,
            column: match.index + 1,
          }),
        ),
      ),
    );
    const inNames = paths.flatMap(path =>
      [...path.matchAll(PLACEHOLDER)].map(match => problem(path, match[0])),
    );
    const texts = paths.filter(path => context.workspace.has(path));
    return [...inNames, ...(await inText(texts, context))];
  },
};

function problem(
  path: string,
  found: string,
  place: { line?: number; column?: number } = {},
): Problem {
  return {
    path,
    ...place,
    message: 'a placeholder of the template was not filled in',
    found,
    allowed: 'what it stands for, or an expression of another tool',
  };
}
