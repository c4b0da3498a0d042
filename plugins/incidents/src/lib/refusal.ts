/**
 * What a refused transition lacks, as sentences; empty for other errors.
 *
 * @param error - An error of the client, of whatever shape.
 */
export function missingParts(error: unknown): string[] {
  const body = (error as { body?: { error?: { missing?: unknown } } } | null)
    ?.body;
  const missing = body?.error?.missing;
  return Array.isArray(missing)
    ? missing.filter((one): one is string => typeof one === 'string')
    : [];
}
