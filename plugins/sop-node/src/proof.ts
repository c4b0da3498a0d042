import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** What a witness is asked to keep. @public */
export interface WitnessRequest {
  /** The new checkpoint, a signed note (C2SP tlog-checkpoint). */
  note: string;
  /** Number of entries of the log at that checkpoint. */
  size: number;
  /** The size the witness has seen last, as far as is known. */
  oldSize: number;
  /**
   * Hashes in base64 that prove that the log only grew since then (RFC 9162).
   */
  consistency: string[];
  /** The same for another size, should the witness have seen more or less. */
  prove(oldSize: number): Promise<string[]>;
}

/**
 * Keeps checkpoints of the log where the portal's database cannot be changed
 * from.
 * @public
 */
export interface LogWitness {
  /** For people; unique. */
  name: string;
  /**
   * Keeps a checkpoint, unless it contradicts an earlier one.
   * @throws ConflictError when it does: the log went back or was rewritten
   */
  submit(request: WitnessRequest): Promise<void>;
  /** The newest checkpoint it holds, if it can tell. */
  latest?(): Promise<string | undefined>;
}

/** @public */
export interface ProofExtensionPoint {
  /** @throws Error when there is a witness of that name */
  addWitness(witness: LogWitness): void;
}

/** Adds witnesses of the log. @public */
export const proofExtensionPoint = createExtensionPoint<ProofExtensionPoint>({
  id: 'sop.proof',
});
