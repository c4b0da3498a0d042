import { IndicatorDefinition, SloDefinition } from '../openslo';

/** A valid SLO as it would be read from YAML. */
export function sloDocument(spec: object = {}, metadata: object = {}) {
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: 'checkout', displayName: 'Checkout works', ...metadata },
    spec: {
      service: 'checkout',
      indicator: {
        metadata: { name: 'requests' },
        spec: {
          ratioMetric: {
            counter: true,
            bad: {
              metricSource: {
                type: 'Prometheus',
                spec: { query: 'http_requests_total{code=~"5.."}' },
              },
            },
            total: {
              metricSource: {
                type: 'Prometheus',
                spec: { query: 'http_requests_total' },
              },
            },
          },
        },
      },
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ displayName: 'Good', target: 0.999 }],
      ...spec,
    },
  };
}

/** An SLO that is fed by two counters of Prometheus. */
export function definition(
  changes: Partial<SloDefinition> = {},
  indicator: Partial<IndicatorDefinition> = {},
): SloDefinition {
  return {
    ref: 'slo:default/checkout',
    namespace: 'default',
    name: 'checkout',
    title: 'Checkout works',
    service: 'checkout',
    owner: 'group:default/shop',
    entityRef: 'component:default/checkout',
    budgetingMethod: 'Occurrences',
    window: { duration: '30d', seconds: 30 * 86_400, rolling: true },
    objectives: [{ name: 'Good', target: 0.999 }],
    indicator: {
      sourceType: 'prometheus',
      counter: true,
      kind: 'bad-total',
      numerator: { query: 'bad_total' },
      total: { query: 'requests_total' },
      ...indicator,
    },
    ...changes,
  };
}
