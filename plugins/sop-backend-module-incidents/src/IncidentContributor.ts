import { IncidentSummary } from '@handrail/plugin-incidents-common';
import { IncidentService } from '@handrail/plugin-incidents-node';
import { GateContribution, GateContributor } from '@handrail/plugin-sop-node';

const PAGE = 100;

/** Open severe incidents of the entity close the gate; others are told. */
export class IncidentContributor implements GateContributor {
  readonly source = 'Incidents';
  readonly #incidents: IncidentService;
  readonly #blocking: ReadonlySet<string>;

  constructor(options: {
    incidents: IncidentService;
    blockingSeverities: readonly string[];
  }) {
    this.#incidents = options.incidents;
    this.#blocking = new Set(options.blockingSeverities);
  }

  async evaluate(
    { entityRef }: { entityRef: string },
    options: Parameters<GateContributor['evaluate']>[1],
  ): Promise<GateContribution[]> {
    const { credentials, signal } = options;
    const reasons: GateContribution[] = [];
    let cursor: string | undefined;
    do {
      signal.throwIfAborted();
      const page = await this.#incidents.listIncidents(
        { entityRef, open: true, limit: PAGE, cursor },
        { credentials },
      );
      const real = page.items.filter(({ drill }) => !drill);
      reasons.push(...real.map(one => this.#toReason(one)));
      cursor = page.nextCursor;
    } while (cursor);
    return reasons;
  }

  #toReason(incident: IncidentSummary): GateContribution {
    const { incidentId, reference, title, severity, status } = incident;
    const { commander, owners } = incident;
    // A proposal is a guess until somebody confirms it.
    const proposed = status === 'proposed';
    const blocking = !proposed && this.#blocking.has(severity);
    const what = proposed
      ? `${reference} (${severity}) is proposed`
      : `${reference} (${severity}) is open`;
    return {
      code: proposed ? 'incident-proposed' : 'incident-open',
      sentence: `${what}: ${title.replace(/[.\s]+$/, '')}.`,
      blocking,
      ...(blocking ? { unblockers: commander ? [commander] : owners } : {}),
      href: `/incidents/${encodeURIComponent(incidentId)}`,
    };
  }
}
