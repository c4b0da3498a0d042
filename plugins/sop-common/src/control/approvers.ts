import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { listNames, shortName } from '../engine/people';
import type { RevisionStanding } from './standing';
import { Signer } from './types';
import { capital, nameOfRevision } from './words';

/**
 * Why this person cannot approve or reject a revision, whatever state it is in;
 * else for which approvers they can.
 */
export function standsFor(
  stand: RevisionStanding,
  signer: Signer,
): { approvers: string[]; refusal?: string } {
  const { revision, missing } = stand;
  const mine = (ref: string) => signer.ownershipEntityRefs.includes(ref);
  if (!revision.approvers.some(mine)) {
    return {
      approvers: [],
      refusal: revision.approvers.length
        ? `Only ${listNames(revision.approvers)} may approve ${nameOfRevision(
            revision,
          )}.`
        : `${capital(
            nameOfRevision(revision),
          )} names no approvers, so there is nothing to sign.`,
    };
  }
  return { approvers: missing.filter(mine) };
}

/**
 * Picks the approver that somebody signs for.
 * @throws NotAllowedError, ConflictError, InputError when there is none.
 */
export function approverOf(
  stand: RevisionStanding,
  signer: Signer,
  wanted: string | undefined,
): string {
  const { approvers, refusal } = standsFor(stand, signer);
  if (refusal) {
    throw new NotAllowedError(refusal);
  }
  if (wanted !== undefined && !stand.revision.approvers.includes(wanted)) {
    throw new InputError(
      `approver: found "${wanted}"; allowed: ${stand.revision.approvers.join(
        ', ',
      )}`,
    );
  }
  if (wanted !== undefined && !signer.ownershipEntityRefs.includes(wanted)) {
    throw new NotAllowedError(
      `You cannot sign for ${shortName(wanted)}; you can for ${listNames(
        approvers,
      )}.`,
    );
  }
  const [first] = wanted === undefined ? approvers : [wanted];
  if (first === undefined || !approvers.includes(first)) {
    throw new ConflictError(
      `Somebody has signed for ${listNames(
        wanted === undefined
          ? stand.revision.approvers.filter(ref =>
              signer.ownershipEntityRefs.includes(ref),
            )
          : [wanted],
      )} already.`,
    );
  }
  return first;
}
