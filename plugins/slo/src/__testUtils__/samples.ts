import type { Entity } from '@backstage/catalog-model';
import {
  burnDown,
  CounterSeries,
  evaluateSlo,
  SloBurnDown,
  SloDefinition,
  SloView,
} from '@handrail/plugin-slo-common';
import { DateTime } from 'luxon';

const STEP = 300;
const DAY = 86_400;

/** An instant some minutes from now; negative ones lie in the past. */
export function minutesFromNow(minutes: number): string {
  return DateTime.utc().plus({ minutes }).toISO();
}

/** When something went wrong in the sample data. */
export interface Outage {
  /** Days before the end of the window. */
  daysAgo: number;
  hours: number;
  /** Bad events in each five minutes, of 1000. */
  bad: number;
}

/** 28 days with 1000 events in each five minutes, bad ones in outages only. */
export function sampleSeries(outages: Outage[], events = 1000): CounterSeries {
  const length = (28 * DAY) / STEP;
  const bad = new Float64Array(length);
  const total = new Float64Array(length).fill(events);
  for (const { daysAgo, hours, bad: count } of outages) {
    const begin = length - Math.round((daysAgo * DAY) / STEP);
    for (let i = begin; i < begin + (hours * 3600) / STEP && i < length; i++) {
      bad[i] = count;
    }
  }
  const end = Math.floor(Date.now() / 1000 / STEP) * STEP;
  return { start: end - 28 * DAY, step: STEP, bad, total };
}

/** What the samples promise: 99.5 % over 28 days. */
export const SAMPLE_DEFINITION: SloDefinition = {
  ref: 'slo:default/payments-availability',
  namespace: 'default',
  name: 'payments-availability',
  title: 'Payments availability',
  owner: 'group:default/payments',
  entityRef: 'component:default/payments-api',
  service: 'payments',
  budgetingMethod: 'Occurrences',
  window: { duration: '28d', seconds: 28 * DAY, rolling: true },
  objectives: [{ name: 'requests', target: 0.995 }],
};

/**
 * Two outages that cost 24/5 bad hours: 8 h with 100 of 1000 bad, ten days ago,
 * and 1 h with 50 of 1000, two days ago.
 */
export const SAMPLE_OUTAGES: Outage[] = [
  { daysAgo: 10, hours: 8, bad: 100 },
  { daysAgo: 2, hours: 1, bad: 50 },
];

/** An SLO as the back end shows it, with the figures of the sample data. */
export function sampleSlo(
  changes: Partial<SloView> = {},
  series: CounterSeries = sampleSeries(SAMPLE_OUTAGES),
  definition: SloDefinition = SAMPLE_DEFINITION,
): SloView {
  const { status, worst, objectives } = evaluateSlo(series, definition);
  const { ref, namespace, name, title, owner, entityRef, service } = definition;
  return {
    ref,
    namespace,
    name,
    title,
    owner,
    entityRef,
    service,
    status,
    headline: `Where ${title} stands.`,
    window: definition.window,
    objective: objectives[worst].name,
    figures: objectives[worst].figures,
    data: {
      source: 'embedded',
      evaluatedAt: minutesFromNow(-2),
      dataUntil: minutesFromNow(-3),
      stale: false,
    },
    budgetingMethod: definition.budgetingMethod,
    objectives,
    warnings: [],
    permits: { evaluate: { allowed: true } },
    ...changes,
  };
}

/** How the budget of the sample data was spent. */
export function sampleBurnDown(
  series: CounterSeries = sampleSeries(SAMPLE_OUTAGES),
  target = 0.995,
): SloBurnDown {
  const iso = (at: number) =>
    DateTime.fromSeconds(at, { zone: 'utc' }).toISO()!;
  const { stepSeconds, points } = burnDown(series, target, 300);
  return {
    ref: SAMPLE_DEFINITION.ref,
    objective: 'requests',
    target,
    from: iso(series.start),
    to: iso(series.start + series.total.length * series.step),
    stepSeconds,
    points: points.map(({ at, ...point }) => ({ at: iso(at), ...point })),
  };
}

/** What the samples measure. */
export const SAMPLE_COMPONENT: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-api',
    namespace: 'default',
    title: 'Payments API',
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/payments' },
    { type: 'measuredBy', targetRef: SAMPLE_DEFINITION.ref },
  ],
};

/** The document of the sample. */
export const SAMPLE_DOCUMENT: Entity = {
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: {
    name: 'payments-availability',
    namespace: 'default',
    title: 'Payments availability',
  },
  spec: {
    service: 'payments',
    budgetingMethod: 'Occurrences',
    indicator: {
      spec: {
        ratioMetric: {
          counter: true,
          bad: {
            metricSource: {
              type: 'prometheus',
              spec: { query: 'http_requests_total{code=~"5.."}' },
            },
          },
          total: {
            metricSource: {
              type: 'embedded',
              spec: { stream: 'payments' },
            },
          },
        },
      },
    },
    objectives: [{ displayName: 'requests', target: 0.995 }],
  },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/payments' },
    { type: 'measures', targetRef: 'component:default/payments-api' },
  ],
};
