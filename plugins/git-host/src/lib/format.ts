const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size in words: at most one digit behind the point. */
export function formatBytes(bytes: number): string {
  const step = Math.min(
    Math.max(0, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024))),
    UNITS.length - 1,
  );
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: UNITS[step],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1024 ** step);
}

/** The text of base64, or undefined when it is not text. */
export function decodeText(base64: string): string | undefined {
  const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** First line of a commit message. */
export function subjectOf(message: string): string {
  return message.split('\n', 1)[0];
}
