import canonicalize from 'canonicalize';
import { Violation } from '../replay/types';
import { Bundle } from './Bundle';
import { Journal, sha256 } from './journal';

/** The evidence that is shown is the evidence in the journal. */
export function checkEvidence(
  bundle: Bundle,
  runId: string,
  journal: Journal,
): void {
  const path = `runs/${runId}/evidence.json`;
  const expected = journal.events.flatMap(({ seq, data }) =>
    data.evidence
      ? [{ seq, stepId: data.stepId, evidence: data.evidence }]
      : [],
  );
  const shown =
    bundle.json<
      Array<{ seq: number; stepId: string; evidence: object; sha256: string }>
    >(path);
  expected.forEach((one, i) => {
    const other = shown[i];
    if (
      canonicalize(one.evidence) !== canonicalize(other?.evidence) ||
      one.seq !== other.seq ||
      other.sha256 !== sha256(canonicalize(one.evidence) ?? '')
    ) {
      throw new Violation(
        'evidence',
        one.seq,
        `The evidence of event ${one.seq} in ${path} is not that of the journal`,
      );
    }
  });
  if (shown.length !== expected.length) {
    throw new Error(
      `${path} has ${shown.length} entries, not ${expected.length}`,
    );
  }
}
