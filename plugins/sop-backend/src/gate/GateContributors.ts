import { GateContributor, GateExtensionPoint } from '@handrail/plugin-sop-node';

/** Collects contributors while modules are initialised. */
export class GateContributors implements GateExtensionPoint {
  readonly #contributors = new Map<string, GateContributor>();

  addContributor(contributor: GateContributor): void {
    const { source } = contributor;
    if (this.#contributors.has(source)) {
      throw new Error(
        `The change gate has a contributor "${source}" already; sources must be unique`,
      );
    }
    this.#contributors.set(source, contributor);
  }

  list(): GateContributor[] {
    return [...this.#contributors.values()];
  }
}
