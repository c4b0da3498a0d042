/** How a build ended. */
export interface BuildOutcome {
  /** Something was new. */
  updated: boolean;
  /** What went wrong. */
  error?: string;
}

/**
 * The last word of the server-sent events of a build: `finish` with `updated`, or
 * `error` with a sentence; nothing when neither came.
 */
export function buildOutcome(stream: string): BuildOutcome | undefined {
  let outcome: BuildOutcome | undefined;
  for (const block of stream.split(/\r?\n\r?\n/)) {
    const event = /^event: *(.*)$/m.exec(block)?.[1];
    const data = parse(/^data: *(.*)$/m.exec(block)?.[1]);
    if (event === 'finish') {
      outcome = { updated: (data as { updated?: unknown })?.updated === true };
    } else if (event === 'error') {
      outcome = { updated: false, error: String(data ?? 'The build failed') };
    }
  }
  return outcome;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return text;
  }
}
