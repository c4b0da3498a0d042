import type { IncidentMetrics, MetricDistribution } from '../api/types';
import type { IncidentState } from '../engine/types';

/** What figures are made of: one incident's instants, ISO 8601. @public */
export interface IncidentTimes {
  severity: string;
  drill: boolean;
  status: IncidentState['status'];
  impactStartedAt?: string;
  detectedAt?: string;
  declaredAt?: string;
  acknowledgedAt?: string;
  commandedAt?: string;
  mitigatedAt?: string;
  intervals: Array<{ from: string; to?: string }>;
  /** Duties that were to be done, and whether in time. */
  duties: { kept: number; late: number };
}

/** One incident's figures in seconds; absent where unknown. @public */
export interface IncidentDurations {
  /** detected (else impact started) to declared */
  timeToDeclare?: number;
  /** declared to the first human acknowledgement or accepted role */
  timeToAcknowledge?: number;
  /** declared to command accepted */
  timeToCommander?: number;
  /** impact started to mitigated */
  timeToMitigate?: number;
  /** impact started to the last resolution, breaks included */
  timeToResolve?: number;
  /** the same without the time between a resolution and its reopening */
  activeTimeToResolve?: number;
}

/** What the incident's journal says about its times. @public */
export function timesOf(state: IncidentState): IncidentTimes {
  const duties = state.obligations.filter(one => one.kind !== 'offer');
  return {
    severity: state.severity,
    drill: state.drill,
    status: state.status,
    impactStartedAt: state.impactStartedAt,
    detectedAt: state.detectedAt,
    declaredAt: state.declaredAt,
    acknowledgedAt: state.acknowledgedAt,
    commandedAt: state.commandedAt,
    mitigatedAt: state.mitigation?.mitigatedAt,
    intervals: state.intervals,
    duties: {
      kept: duties.filter(one => one.state === 'satisfied' && !one.breachedAt)
        .length,
      late: duties.filter(one => one.breachedAt).length,
    },
  };
}

/**
 * Seconds from one instant to another; undefined when one is missing or they
 * stand in the wrong order, which says nothing about how long anything took.
 */
function seconds(from?: string, to?: string): number | undefined {
  if (!from || !to) {
    return undefined;
  }
  const millis = Date.parse(to) - Date.parse(from);
  return millis >= 0 ? millis / 1000 : undefined;
}

/**
 * One incident's durations. Definitions: declare = declared − detected (or the
 * begin of the impact), acknowledge and commander = since declared, mitigate
 * and resolve = since the begin of the impact. While it is not resolved (or
 * open again) there is no time to resolve.
 * @public
 */
export function durationsOf(times: IncidentTimes): IncidentDurations {
  const { declaredAt, impactStartedAt, intervals } = times;
  const last = intervals[intervals.length - 1];
  const wall = seconds(impactStartedAt, last?.to);
  const breaks = intervals
    .slice(1)
    .map((interval, index) => seconds(intervals[index].to, interval.from) ?? 0)
    .reduce((sum, one) => sum + one, 0);
  return {
    timeToDeclare: seconds(times.detectedAt ?? impactStartedAt, declaredAt),
    timeToAcknowledge: seconds(declaredAt, times.acknowledgedAt),
    timeToCommander: seconds(declaredAt, times.commandedAt),
    timeToMitigate: seconds(impactStartedAt, times.mitigatedAt),
    timeToResolve: wall,
    activeTimeToResolve: wall === undefined ? undefined : wall - breaks,
  };
}

/**
 * Median (mean of the middle two when their number is even) and 90th
 * percentile (nearest rank: the smallest value that at least 90 % do not
 * exceed) of what is known, with how much that is.
 * @public
 */
export function distributionOf(
  values: ReadonlyArray<number | undefined>,
): MetricDistribution {
  const known = values
    .filter((value): value is number => value !== undefined)
    .sort((a, b) => a - b);
  const n = known.length;
  const coverage = values.length ? n / values.length : 0;
  if (n === 0) {
    return { n, coverage };
  }
  return {
    n,
    coverage,
    median: (known[Math.floor((n - 1) / 2)] + known[Math.floor(n / 2)]) / 2,
    p90: known[Math.ceil(0.9 * n) - 1],
  };
}

/**
 * Figures over incidents. Drills, merged and declined incidents, and those that
 * were only proposed, do not count.
 * @public
 */
export function summariseIncidents(
  all: readonly IncidentTimes[],
  period: { from: string; to: string },
): IncidentMetrics {
  const counted = all.filter(
    one =>
      !one.drill && !['merged', 'declined', 'proposed'].includes(one.status),
  );
  const durations = counted.map(durationsOf);
  const over = (name: keyof IncidentDurations) =>
    distributionOf(durations.map(one => one[name]));
  const count = (test: (one: IncidentTimes) => boolean) =>
    all.filter(test).length;
  const severities = [...new Set(counted.map(one => one.severity))].sort();
  return {
    ...period,
    n: counted.length,
    excluded: {
      drills: count(one => one.drill),
      merged: count(one => !one.drill && one.status === 'merged'),
      declined: count(one => !one.drill && one.status === 'declined'),
    },
    timeToDeclare: over('timeToDeclare'),
    timeToAcknowledge: over('timeToAcknowledge'),
    timeToCommander: over('timeToCommander'),
    timeToMitigate: over('timeToMitigate'),
    timeToResolve: over('timeToResolve'),
    activeTimeToResolve: over('activeTimeToResolve'),
    duties: {
      kept: counted.reduce((sum, one) => sum + one.duties.kept, 0),
      late: counted.reduce((sum, one) => sum + one.duties.late, 0),
    },
    bySeverity: severities.map(severity => ({
      severity,
      n: counted.filter(one => one.severity === severity).length,
    })),
  };
}
