import type {
  AddCountersResult,
  BurnDownRequest,
  ListSlosRequest,
  SloApi,
  SloBurnDown,
  SloKey,
  SloPage,
  SloRules,
  SloStatus,
  SloView,
  ValidationResult,
} from '@handrail/plugin-slo-common';
import { NotFoundError } from '@backstage/errors';
import { sampleBurnDown, sampleSlo } from './samples';

/** A back end in memory, for tests and for looking at the pages alone. */
export class FakeSloApi implements SloApi {
  slos: SloView[] = [sampleSlo()];
  burnDown: SloBurnDown = sampleBurnDown();
  rules: SloRules = {
    available: true,
    fileName: 'payments-availability.rules.yaml',
    content: 'groups:\n  - name: slo-payments-availability\n',
    recordingRules: 8,
    alertingRules: 4,
    inhibition: 'inhibit_rules:\n  - source_matchers: []\n',
    problems: [],
  };
  /** Answers to "evaluate", in turn. */
  readonly evaluated: SloView[] = [];

  async listSlos(request: ListSlosRequest = {}): Promise<SloPage> {
    const { status, owner, entityRef, q, limit = 50, cursor } = request;
    const matching = this.slos.filter(
      slo =>
        (!owner || owner.includes(slo.owner ?? '')) &&
        (!entityRef || slo.entityRef === entityRef) &&
        (!q || slo.title.toLocaleLowerCase('en-US').includes(q)),
    );
    const count = (one: SloStatus) =>
      matching.filter(slo => slo.status === one).length;
    const found = matching.filter(
      slo => !status || status.includes(slo.status),
    );
    const from = Number(cursor ?? 0);
    return {
      items: found.slice(from, from + limit),
      total: found.length,
      totals: {
        healthy: count('healthy'),
        caution: count('caution'),
        exhausted: count('exhausted'),
        'no-data': count('no-data'),
        unknown: count('unknown'),
      },
      nextCursor:
        found.length > from + limit ? String(from + limit) : undefined,
    };
  }

  async getSlo({ namespace, name }: SloKey): Promise<SloView> {
    const slo = this.slos.find(
      one => one.namespace === namespace && one.name === name,
    );
    if (!slo) {
      throw Object.assign(
        new NotFoundError(`There is no SLO ${namespace}/${name}`),
        { statusCode: 404 },
      );
    }
    return slo;
  }

  async getBurnDown(_request: BurnDownRequest): Promise<SloBurnDown> {
    return this.burnDown;
  }

  async getRules(): Promise<SloRules> {
    return this.rules;
  }

  async evaluateSlo(key: SloKey): Promise<SloView> {
    const next = this.evaluated.shift();
    if (next) {
      this.slos = this.slos.map(slo => (slo.ref === next.ref ? next : slo));
    }
    return this.getSlo(key);
  }

  async validateDocument(): Promise<ValidationResult> {
    return { documents: 1, problems: [] };
  }

  async addCounters(): Promise<AddCountersResult> {
    return { accepted: 1, repeated: false };
  }
}
