/** Users and groups, each once; services read no messages. */
export function people(refs: readonly string[]): string[] {
  return [...new Set(refs)].filter(ref => /^(user|group):/.test(ref));
}
