import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { RELATION_MEASURES } from './catalog';
import { durationSeconds } from './duration';
import { BudgetingMethod, MetricSource, SliSpec, SloSpec } from './types';

/** Length of a bucket of counters. @public */
export const BUCKET_SECONDS = 300;

/** One objective, ready to be evaluated. @public */
export interface ObjectiveDefinition {
  /** Unique in the SLO. */
  name: string;
  displayName?: string;
  /** Fraction, below 1. */
  target: number;
  timeSliceTarget?: number;
  timeSliceSeconds?: number;
}

/** Which counters an SLO is computed from. @public */
export interface IndicatorDefinition {
  /** Lower case, such as `embedded`, `prometheus`. */
  sourceType: string;
  /** Name of the data source, when the document gives one. */
  sourceName?: string;
  /** Whether the numbers only grow. */
  counter: boolean;
  /** What is given: with `raw`, the ratio of good events. */
  kind: 'good-total' | 'bad-total' | 'raw-success' | 'raw-failure';
  /** `spec` of the metric source of good, bad or raw. */
  numerator: Record<string, unknown>;
  /** `spec` of the metric source of total; absent for raw ratios. */
  total?: Record<string, unknown>;
}

/** An SLO of the catalog, ready to be evaluated. @public */
export interface SloDefinition {
  /** Entity ref of the SLO. */
  ref: string;
  namespace: string;
  name: string;
  title: string;
  description?: string;
  /** Entity ref of the owner. */
  owner?: string;
  /** Entity ref of what is measured. */
  entityRef?: string;
  service: string;
  budgetingMethod: BudgetingMethod;
  window: { duration: string; seconds: number; rolling: boolean };
  objectives: ObjectiveDefinition[];
  indicator?: IndicatorDefinition;
  /** Why it cannot be evaluated, as a sentence. */
  unsupported?: string;
}

/** Documents that an SLO may point to. @public */
export interface OpenSloDocuments {
  /** Finds an SLI or DataSource of the SLO's namespace. */
  find(kind: 'SLI' | 'DataSource', name: string): Entity | undefined;
}

class Unsupported extends Error {}

/**
 * What is evaluated of an SLO that has been validated. When something in it
 * cannot be evaluated, `unsupported` says so and the rest is there all the same.
 * @public
 */
export function toSloDefinition(
  entity: Entity,
  documents: OpenSloDocuments,
): SloDefinition {
  const spec = entity.spec as unknown as SloSpec;
  const window = spec.timeWindow?.[0] ?? { duration: '28d', isRolling: true };
  const { name, namespace = 'default', title } = entity.metadata;
  const displayName = entity.metadata.displayName;
  const definition: SloDefinition = {
    ref: stringifyEntityRef(entity),
    namespace,
    name,
    title:
      title ??
      (typeof displayName === 'string' ? displayName : undefined) ??
      name,
    description: spec.description ?? entity.metadata.description,
    owner: related(entity, RELATION_OWNED_BY),
    entityRef: related(entity, RELATION_MEASURES),
    service: spec.service,
    budgetingMethod: spec.budgetingMethod,
    window: {
      duration: window.duration,
      seconds: durationSeconds(window.duration) ?? 0,
      rolling: window.isRolling === true,
    },
    objectives: spec.objectives.map((objective, index, all) => ({
      name: uniqueName(all, index),
      displayName: objective.displayName,
      target: objective.target ?? toFraction(objective.targetPercent ?? 0),
      timeSliceTarget: objective.timeSliceTarget,
      timeSliceSeconds:
        typeof objective.timeSliceWindow === 'string'
          ? durationSeconds(objective.timeSliceWindow)
          : undefined,
    })),
  };
  try {
    checkSupported(definition, spec);
    definition.indicator = toIndicator(spec, documents);
  } catch (error) {
    if (!(error instanceof Unsupported)) {
      throw error;
    }
    definition.unsupported = error.message;
  }
  return definition;
}

/** By decimal digits: 99.9 is 0.999, not 0.9990000000000001. */
function toFraction(percent: number): number {
  return Number((percent / 100).toPrecision(15));
}

function related(entity: Entity, type: string): string | undefined {
  return entity.relations?.find(relation => relation.type === type)?.targetRef;
}

function uniqueName(all: SloSpec['objectives'], index: number): string {
  const own = all[index].displayName;
  const isUnique =
    own && all.filter(other => other.displayName === own).length === 1;
  return isUnique ? own : `objective-${index + 1}`;
}

function checkSupported(definition: SloDefinition, spec: SloSpec) {
  const { window, budgetingMethod, objectives } = definition;
  if (!window.rolling) {
    throw new Unsupported(
      'Calendar windows are not evaluated yet, only rolling ones.',
    );
  }
  if (window.seconds < 2 * BUCKET_SECONDS || window.seconds > 366 * 86_400) {
    throw new Unsupported(
      `A window of ${window.duration} is not evaluated; from 10 minutes to one year is.`,
    );
  }
  if (spec.objectives.some(one => one.indicator || one.indicatorRef)) {
    throw new Unsupported(
      'Objectives with indicators of their own (composite SLOs) are not evaluated yet.',
    );
  }
  if (budgetingMethod === 'Occurrences') {
    return;
  }
  for (const { timeSliceSeconds, name } of objectives) {
    if (!timeSliceSeconds || timeSliceSeconds % BUCKET_SECONDS !== 0) {
      throw new Unsupported(
        `The time slices of “${name}” are not evaluated: counters are kept for five minutes, so timeSliceWindow must be a multiple of 5m.`,
      );
    }
  }
}

function toIndicator(
  spec: SloSpec,
  documents: OpenSloDocuments,
): IndicatorDefinition {
  const sli =
    spec.indicator?.spec ??
    (documents.find('SLI', spec.indicatorRef ?? '')?.spec as
      | SliSpec
      | undefined);
  if (!sli) {
    throw new Unsupported(
      `The indicator “${spec.indicatorRef}” is not in the catalog.`,
    );
  }
  const ratio = sli.ratioMetric;
  if (!ratio) {
    throw new Unsupported(
      'Threshold metrics are not evaluated yet; write a ratio of good or bad to all events.',
    );
  }
  const numerator = (ratio.raw ?? ratio.bad ?? ratio.good)?.metricSource;
  if (!numerator) {
    throw new Unsupported('The ratio names neither good nor bad events.');
  }
  const source = resolveSource(numerator, documents);
  const total = ratio.raw ? undefined : ratio.total?.metricSource;
  if (total) {
    const other = resolveSource(total, documents);
    if (other.type !== source.type || other.name !== source.name) {
      throw new Unsupported(
        'Both counters of the ratio must come from one data source.',
      );
    }
  }
  return {
    sourceType: source.type,
    sourceName: source.name,
    counter: ratio.counter ?? true,
    kind: ratioKind(ratio),
    numerator: numerator.spec,
    total: total?.spec,
  };
}

function ratioKind(
  ratio: NonNullable<SliSpec['ratioMetric']>,
): IndicatorDefinition['kind'] {
  if (ratio.raw) {
    return ratio.rawType === 'failure' ? 'raw-failure' : 'raw-success';
  }
  return ratio.bad ? 'bad-total' : 'good-total';
}

function resolveSource(
  source: MetricSource,
  documents: OpenSloDocuments,
): { type: string; name?: string } {
  const { metricSourceRef, type } = source;
  const entity = metricSourceRef
    ? documents.find('DataSource', metricSourceRef)
    : undefined;
  const resolved = type ?? (entity?.spec?.type as string | undefined);
  if (!resolved) {
    throw new Unsupported(
      `The data source “${metricSourceRef}” is not in the catalog and the document gives no type.`,
    );
  }
  return { type: resolved.toLocaleLowerCase('en-US'), name: metricSourceRef };
}
