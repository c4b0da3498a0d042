import {
  SloData,
  SloFigures,
  SloStatus,
  SloSummary,
  SloView,
  budgetMinutes,
} from '@handrail/plugin-slo-common';
import { DateTime, Duration } from 'luxon';
import { StoredSlo } from '../database';

/** What views depend on besides the SLO. */
export interface ViewOptions {
  now: number;
  intervalSeconds: number;
  unknownAfterSeconds: number;
}

/** Rounds that may be missed before figures count as stale. */
const MISSED_ROUNDS = 3;
/** Shortest age that counts as stale: a round may take a while. */
const STALE_SECONDS = 180;

/** The status now: one that is too old is not known any more. */
export function currentStatus(slo: StoredSlo, options: ViewOptions): SloStatus {
  const { evaluatedAt } = slo;
  const isKnown =
    evaluatedAt !== undefined &&
    !slo.definition.unsupported &&
    options.now - evaluatedAt <= options.unknownAfterSeconds;
  return isKnown ? slo.status : 'unknown';
}

/** An SLO as lists show it. */
export function toSummary(slo: StoredSlo, options: ViewOptions): SloSummary {
  const { definition, evaluation } = slo;
  const index = evaluation?.objectives[evaluation.worst] ? evaluation.worst : 0;
  const objective = definition.objectives[index] ?? definition.objectives[0];
  const figures =
    evaluation?.objectives[index]?.figures ??
    noFigures(objective.target, definition.window.seconds);
  const status = currentStatus(slo, options);
  const { ref, namespace, name, title, description, owner, entityRef } =
    definition;
  return {
    ref,
    namespace,
    name,
    title,
    description,
    owner,
    entityRef,
    service: definition.service,
    status,
    headline: headline(slo, status, figures, options),
    window: definition.window,
    objective: objective.name,
    figures,
    data: toData(slo, options),
  };
}

/** All the page of an SLO needs, but who may do what. */
export function toView(
  slo: StoredSlo,
  options: ViewOptions,
): Omit<SloView, 'permits'> {
  const { definition, evaluation } = slo;
  const summary = toSummary(slo, options);
  return {
    ...summary,
    budgetingMethod: definition.budgetingMethod,
    objectives: definition.objectives.map((objective, index) => {
      const known = evaluation?.objectives[index];
      return known
        ? {
            ...known,
            status: summary.status === 'unknown' ? 'unknown' : known.status,
          }
        : {
            name: objective.name,
            displayName: objective.displayName,
            status: 'unknown' as const,
            figures: noFigures(objective.target, definition.window.seconds),
            burnRates: [],
            alerts: [],
          };
    }),
    warnings: definition.unsupported
      ? [{ path: '', severity: 'warning', message: definition.unsupported }]
      : [],
  };
}

function toData(slo: StoredSlo, options: ViewOptions): SloData {
  const { definition, evaluatedAt, dataUntil, error, errorAt } = slo;
  const limit = Math.max(
    STALE_SECONDS,
    options.intervalSeconds * MISSED_ROUNDS,
  );
  return {
    source: definition.indicator?.sourceType ?? 'none',
    evaluatedAt: iso(evaluatedAt) ?? null,
    dataUntil: iso(dataUntil) ?? null,
    stale: evaluatedAt !== undefined && options.now - evaluatedAt > limit,
    ...(error ? { error, errorAt: iso(errorAt) } : {}),
  };
}

function noFigures(target: number, windowSeconds: number): SloFigures {
  return {
    target,
    sli: null,
    errorRatio: null,
    bad: null,
    total: null,
    budgetRemaining: null,
    budgetMinutes: budgetMinutes(target, windowSeconds),
    budgetMinutesRemaining: null,
    burnRate: null,
    secondsToExhaustion: null,
    exhaustsAt: null,
  };
}

function headline(
  slo: StoredSlo,
  status: SloStatus,
  figures: SloFigures,
  options: ViewOptions,
): string {
  const { definition, evaluatedAt, error } = slo;
  if (definition.unsupported) {
    return definition.unsupported;
  }
  if (status === 'unknown') {
    const since =
      evaluatedAt === undefined
        ? 'Not evaluated yet.'
        : `Last evaluated ${age(options.now - evaluatedAt)} ago.`;
    return error ? `${since} ${error}` : since;
  }
  const left = figures.budgetRemaining;
  if (left === null) {
    return `No events in the last ${definition.window.duration}.`;
  }
  if (left <= 0) {
    return left < 0
      ? `The error budget is overspent by ${percent(-left)}.`
      : 'The error budget is spent.';
  }
  const seconds = figures.secondsToExhaustion;
  const soon = seconds ? ` At this rate it is spent in ${age(seconds)}.` : '';
  return `${percent(left)} of the error budget is left.${soon}`;
}

/** Rounded towards what is less reassuring, so that 0 means nothing is left. */
function percent(ratio: number): string {
  const value = ratio * 100;
  const digits = value < 10 ? 10 : 1;
  return `${Math.floor(value * digits) / digits} %`;
}

function age(seconds: number): string {
  const duration = Duration.fromObject({ seconds: Math.round(seconds) });
  for (const unit of ['days', 'hours', 'minutes'] as const) {
    const value = Math.floor(duration.as(unit));
    if (value >= 1) {
      return `${value} ${value === 1 ? unit.slice(0, -1) : unit}`;
    }
  }
  return 'less than a minute';
}

/** Seconds since 1970 as ISO 8601. */
export function iso(seconds: number): string;
export function iso(seconds: number | undefined): string | undefined;
export function iso(seconds: number | undefined): string | undefined {
  return seconds === undefined
    ? undefined
    : DateTime.fromSeconds(seconds, { zone: 'utc' }).toISO() ?? undefined;
}
