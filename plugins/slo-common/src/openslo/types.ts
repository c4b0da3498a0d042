/** Version of the documents that are understood. @public */
export const OPENSLO_API_VERSION = 'openslo/v1';

/** Kinds of OpenSLO documents. @public */
export const OPENSLO_KINDS = [
  'SLO',
  'SLI',
  'Service',
  'DataSource',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
] as const;

/** @public */
export type OpenSloKind = (typeof OPENSLO_KINDS)[number];

/** Where numbers come from. `spec` belongs to the source's type. @public */
export interface MetricSource {
  /** Name of a DataSource. */
  metricSourceRef?: string;
  type?: string;
  spec: Record<string, unknown>;
}

/** Good or bad of all events, or their ratio as it is. @public */
export interface RatioMetric {
  /** Whether the numbers only grow. */
  counter?: boolean;
  good?: { metricSource: MetricSource };
  bad?: { metricSource: MetricSource };
  total?: { metricSource: MetricSource };
  raw?: { metricSource: MetricSource };
  /** What `raw` is the ratio of. */
  rawType?: 'success' | 'failure';
}

/** Spec of an indicator. @public */
export interface SliSpec {
  thresholdMetric?: { metricSource: MetricSource };
  ratioMetric?: RatioMetric;
}

/** One objective of an SLO. @public */
export interface OpenSloObjective {
  displayName?: string;
  op?: 'lte' | 'gte' | 'lt' | 'gt';
  value?: number;
  /** Fraction, below 1. */
  target?: number;
  /** Per cent, below 100. */
  targetPercent?: number;
  timeSliceTarget?: number;
  timeSliceWindow?: string | number;
  indicator?: { spec: SliSpec };
  indicatorRef?: string;
  compositeWeight?: number;
}

/** How bad events are counted against the budget. @public */
export type BudgetingMethod = 'Occurrences' | 'Timeslices' | 'RatioTimeslices';

/** Spec of an SLO. @public */
export interface SloSpec {
  description?: string;
  service: string;
  indicator?: { metadata?: Record<string, unknown>; spec: SliSpec };
  indicatorRef?: string;
  timeWindow?: Array<{
    duration: string;
    isRolling?: boolean;
    calendar?: { startTime: string; timeZone: string };
  }> | null;
  budgetingMethod: BudgetingMethod;
  objectives: OpenSloObjective[];
  alertPolicies?: unknown[] | null;
}
