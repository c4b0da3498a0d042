import { perFile, Validator } from '../types';

/** Tokens, keys and passwords in the forms that are known. */
export const secretsValidator: Validator = {
  id: 'secrets',
  select: workspace => workspace.texts,
  check: perFile(async (file, { linters }) => {
    const messages = await linters.lint('secrets', file);
    return messages.map(({ message, rule = '', line, column }) => ({
      path: file.path,
      line,
      column,
      // Never what was found: a report is kept and read by many.
      message: `looks like a secret: ${message} (${rule.replace(
        '@secretlint/secretlint-rule-',
        '',
      )})`,
      found: 'a value that is not repeated here',
      allowed: 'a reference to a secret, no value',
    }));
  }),
};
