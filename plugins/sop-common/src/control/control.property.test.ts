import fc from 'fast-check';
import { approvalsOf } from './standing';
import { Document, filed, signer } from './testUtils';
import { DocumentCommand } from './types';

const HASHES = ['a', 'b', 'c', 'd'];
const PEOPLE = ['eve', 'olu', 'both', 'owner', 'stranger'];
const APPROVERS = ['group:default/engineering', 'group:default/operations'];

/** Each content is what it is: label and approvers belong to the hash. */
const contents = fc.tuple(
  ...HASHES.map(hash =>
    fc.record({
      hash: fc.constant(hash),
      label: fc.constantFrom('1', '2', '3'),
      intention: fc.constantFrom(
        'effective' as const,
        'effective' as const,
        'draft' as const,
        'retired' as const,
      ),
      approvers: fc.subarray(APPROVERS),
    }),
  ),
);

const act = fc.record({
  by: fc.constantFrom(...PEOPLE),
  hash: fc.constantFrom(...HASHES),
  type: fc.constantFrom('file', 'sign', 'sign', 'sign', 'reject', 'withdraw'),
});

/**
 * Fails when what is in force lacks a signature.
 * @param hadSigned - a signed revision was in force before
 * @returns whether one was by now
 */
function assertSound(document: Document, hadSigned: boolean): boolean {
  const { effective, revisions } = document.standing;
  const inForce = revisions.filter(one => one.status === 'effective');
  expect(inForce).toEqual(effective ? [effective] : []);
  if (!effective) {
    return hadSigned;
  }
  const { approvers, intention } = effective.revision;
  const approvals = approvalsOf(effective.revision);
  expect(intention).toBe('effective');
  expect(approvals.map(one => one.approver).sort()).toEqual(
    [...approvers].sort(),
  );
  expect(new Set(approvals.map(one => one.by)).size).toBe(approvals.length);
  // Signed once, signed for ever after.
  expect(hadSigned && approvers.length === 0).toBe(false);
  return hadSigned || approvers.length > 0;
}

describe('document control, whatever happens', () => {
  it('has nothing in force that its approvers did not sign, each by another person', () => {
    let reached = 0;
    fc.assert(
      fc.property(
        contents,
        fc.array(act, { maxLength: 40 }),
        (files, commands) => {
          const document = new Document();
          let hadSigned = false;
          for (const { by, hash, type } of commands) {
            const file = files.find(one => one.hash === hash)!;
            const command = (
              type === 'file'
                ? { type, revision: filed(hash, file) }
                : { type, hash, meaning: 'approval', reason: 'x' }
            ) as DocumentCommand;
            try {
              document.run(command, { actor: signer(by) });
            } catch {
              // Refusals are part of it.
            }
            hadSigned = assertSound(document, hadSigned);
            reached += document.effective ? 1 : 0;
          }
        },
      ),
      { numRuns: process.env.HANDRAIL_FULL ? 20_000 : 1_000 },
    );
    // Else the properties above would say nothing.
    expect(reached).toBeGreaterThan(100);
  });
});
