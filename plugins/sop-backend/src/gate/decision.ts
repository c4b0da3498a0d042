import { GateReason } from '@handrail/plugin-sop-common';

/** What blocks first; of those what ends last, because that decides. */
export function inOrder(reasons: GateReason[]): GateReason[] {
  const end = ({ until }: GateReason) => until ?? '9999';
  return [...reasons].sort(
    (a, b) =>
      Number(b.blocking) - Number(a.blocking) ||
      end(b).localeCompare(end(a)) ||
      a.source.localeCompare(b.source) ||
      a.sentence.localeCompare(b.sentence),
  );
}

/**
 * When the last reason against ends; nothing when none is against, or when the
 * end of one is not known.
 */
export function opensAt(reasons: GateReason[]): string | undefined {
  const ends = reasons
    .filter(({ blocking }) => blocking)
    .map(({ until }) => until);
  return ends.every(Boolean) ? ends.sort().pop() : undefined;
}

/** The decision as people read it, with every reason against. */
export function decisionSentence(name: string, reasons: GateReason[]): string {
  const against = reasons.filter(({ blocking }) => blocking);
  if (against.length === 0) {
    return `${name} may be changed now.`;
  }
  const sentences = against.map(({ sentence }) => sentence.trim());
  return `${name} must not be changed now. ${sentences.join(' ')}`;
}
