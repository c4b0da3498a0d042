import { SloSummary } from '@handrail/plugin-slo-common';
import { SloService } from '@handrail/plugin-slo-node';
import { GateContribution, GateContributor } from '@handrail/plugin-sop-node';

/** Spent error budgets of the entity close the gate; others are told. */
export class BudgetContributor implements GateContributor {
  readonly source = 'Error budgets';

  constructor(private readonly slos: SloService) {}

  async evaluate(
    { entityRef }: { entityRef: string },
    options: Parameters<GateContributor['evaluate']>[1],
  ): Promise<GateContribution[]> {
    const { credentials } = options;
    const slos = await this.slos.listSlos({ entityRef }, { credentials });
    return slos.map(toReason);
  }
}

function toReason(slo: SloSummary): GateContribution {
  const { status, title, figures, owner, namespace, name } = slo;
  const blocking = status === 'exhausted';
  return {
    code: `budget-${status}`,
    sentence: sentenceOf(title, status, figures.budgetRemaining),
    blocking,
    ...(blocking && owner ? { unblockers: [owner] } : {}),
    href: `/slos/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`,
  };
}

function sentenceOf(
  title: string,
  status: SloSummary['status'],
  remaining: number | null,
): string {
  if (status === 'exhausted') {
    return `The error budget of ${title} is spent${
      remaining === null ? '' : `: ${percent(remaining)} is left`
    }.`;
  }
  if (remaining === null) {
    return `Nobody knows how much of the error budget of ${title} is left.`;
  }
  const left = `${percent(remaining)} of the error budget of ${title} is left`;
  return status === 'unknown' || status === 'no-data'
    ? `${left}, as far as was known last.`
    : `${left}.`;
}

/** Whole percent towards less, so that nothing spent ever looks whole. */
function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}
