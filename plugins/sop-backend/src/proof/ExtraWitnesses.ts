import { LogWitness, ProofExtensionPoint } from '@handrail/plugin-sop-node';

/** Witnesses that modules add. */
export class ExtraWitnesses implements ProofExtensionPoint {
  readonly list: LogWitness[] = [];

  addWitness(witness: LogWitness): void {
    if (this.list.some(one => one.name === witness.name)) {
      throw new Error(`There is a witness named ${witness.name} already`);
    }
    this.list.push(witness);
  }
}
