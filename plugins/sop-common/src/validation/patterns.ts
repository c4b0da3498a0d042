/**
 * Why a text is not a regular expression, or undefined when it is one. It is
 * read by itself, so that a bracket too many cannot close the group that is put
 * around it later, and with the `u` flag, which knows no silent misspellings.
 */
export function patternError(pattern: string): string | undefined {
  try {
    return new RegExp(pattern, 'u') && undefined;
  } catch (error) {
    return `cannot be read: ${(error as Error).message.replace(/^.*: /, '')}`;
  }
}
