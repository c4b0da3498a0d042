import { perFile, Validator } from '../types';

/** GitHub workflows: keys, values and expressions, as GitHub's own parser has them. */
export const workflowValidator: Validator = {
  id: 'workflow',
  select: workspace =>
    workspace
      .withExtension('.yaml', '.yml')
      .filter(path => /^(.*\/)?\.github\/workflows\/[^/]+$/.test(path)),
  check: perFile(async (file, { linters }) => {
    const messages = await linters.lint('workflow', file);
    return messages.map(({ message, line, column }) => {
      const [first] = message.split('\n');
      const quoted = /^(?:Unexpected value|Unrecognized [\w-]+:) '(.*)'/.exec(
        first,
      );
      return {
        path: file.path,
        line: line ?? 1,
        column: column ?? 1,
        message: first,
        ...(quoted ? { found: quoted[1] } : {}),
        allowed: 'the workflow syntax of GitHub Actions',
      };
    });
  }),
};
