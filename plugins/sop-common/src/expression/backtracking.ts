/** Greatest length of a regular expression in an expression. */
const MAX_PATTERN_LENGTH = 500;

/**
 * A group that repeats and holds nothing but what repeats itself: `(a+)+`. One
 * with something that stands between, such as `(\.\d+)*`, ends soon.
 */
const NESTED_REPEAT =
  /\((?:\?:)?(?:(?:\[[^\]]*\]|\\.|[^()\\[\]])(?:[+*]|\{\d+,\d*\}))+\)(?:[+*]|\{\d+,\d*\})/;

/**
 * Why a regular expression could take very long on a text that was made for it;
 * nothing when it looks harmless.
 */
export function backtrackingProblem(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return `has ${pattern.length} characters; at most ${MAX_PATTERN_LENGTH} are allowed`;
  }
  return NESTED_REPEAT.test(pattern)
    ? 'repeats a group that repeats something itself, which can take very long'
    : undefined;
}
