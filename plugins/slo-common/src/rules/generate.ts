import { toError } from '@backstage/errors';
import { stringify } from 'yaml';
import type { SloProblem, SloRules } from '../api';
import {
  AlertTier,
  PlannedTier,
  planTiers,
  standardTiers,
} from '../core/tiers';
import { PROMETHEUS_SOURCE } from '../openslo/catalog';
import {
  BUCKET_SECONDS,
  IndicatorDefinition,
  SloDefinition,
} from '../openslo/definition';
import { formatSeconds } from '../openslo/duration';
import { counterExpressions, RULE_INTERVAL_SECONDS } from './promql';

/** Recorded series that hold the bad events per second of five minutes. @public */
export const BAD_SERIES = 'slo:bad:rate5m';
/** Recorded series that hold all events per second of five minutes. @public */
export const TOTAL_SERIES = 'slo:total:rate5m';
/** Label that names the SLO, as namespace/name. @public */
export const SLO_LABEL = 'slo';
/** Name of the alerts; `severity` tells page from ticket. @public */
export const ALERT_NAME = 'SloBudgetBurn';

/** Windows beyond this are put together from recorded series. */
const RAW_LIMIT_SECONDS = 6 * 3600;

/** A rule as Prometheus reads it. @public */
export interface PrometheusRule {
  record?: string;
  alert?: string;
  expr: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}

/** A group of rules as Prometheus reads it. @public */
export interface PrometheusRuleGroup {
  name: string;
  interval: string;
  rules: PrometheusRule[];
}

/** Rules of one SLO, or why there are none. @public */
export interface GeneratedRules {
  group?: PrometheusRuleGroup;
  tiers: PlannedTier[];
  problems: SloProblem[];
  /** Why there is no group. */
  reason?: string;
}

/** The value of the label that names an SLO in recorded series. @public */
export function sloLabel(definition: {
  namespace: string;
  name: string;
}): string {
  return `${definition.namespace}/${definition.name}`;
}

const ratioSeries = (seconds: number) =>
  `slo:error_ratio:${formatSeconds(seconds)}`;

/**
 * Recording and alerting rules of one SLO: bad and total events of five
 * minutes, an error ratio for each window of the pairs, one alert per severity.
 * At most 12 rules, in one group.
 *
 * Ratios up to six hours come from the raw series, as staged ones lag and an
 * alert would be late; longer ones add the last six hours, raw, to what is
 * recorded before them.
 * @public
 */
export function generateRules(
  definition: SloDefinition,
  options: { tiers?: AlertTier[] } = {},
): GeneratedRules {
  const { indicator, objectives, window } = definition;
  const none = (reason: string): GeneratedRules => ({
    tiers: [],
    problems: [],
    reason,
  });
  if (definition.unsupported || !indicator) {
    return none(definition.unsupported ?? 'It has no indicator.');
  }
  if (indicator.sourceType !== PROMETHEUS_SOURCE) {
    return none(
      `Its counters come from “${indicator.sourceType}”; rules are for objectives fed by Prometheus.`,
    );
  }
  if (definition.budgetingMethod !== 'Occurrences') {
    return none(
      `Rules count events; budgets by ${definition.budgetingMethod} are evaluated by the portal only.`,
    );
  }
  const strictest = objectives.reduce((a, b) => (b.target > a.target ? b : a));
  const { tiers, problems } = planTiers(
    options.tiers ?? standardTiers(window.seconds),
    strictest.target,
    window.seconds,
  );
  if (objectives.length > 1) {
    problems.push({
      path: '/spec/objectives',
      severity: 'warning',
      message: `alerts are for the strictest objective, “${strictest.name}”`,
    });
  }
  if (tiers.length === 0) {
    return { ...none('No pair of windows can alert on it.'), problems };
  }
  try {
    return { group: toGroup(definition, indicator, tiers), tiers, problems };
  } catch (error) {
    return {
      ...none(`Its query is not usable: ${toError(error).message}`),
      problems,
    };
  }
}

function toGroup(
  definition: SloDefinition,
  indicator: IndicatorDefinition,
  tiers: PlannedTier[],
): PrometheusRuleGroup {
  const label = sloLabel(definition);
  const labels = { [SLO_LABEL]: label };
  const selector = `{${SLO_LABEL}=${JSON.stringify(label)}}`;
  const record = (name: string, expr: string): PrometheusRule => ({
    record: name,
    expr,
    labels,
  });
  const counters = counterExpressions(indicator, BUCKET_SECONDS);
  const windows = [
    ...new Set(tiers.flatMap(tier => [tier.shortSeconds, tier.longSeconds])),
  ].sort((a, b) => a - b);
  const rules = [
    record(BAD_SERIES, `${counters.bad} / ${BUCKET_SECONDS}`),
    record(TOTAL_SERIES, `${counters.total} / ${BUCKET_SECONDS}`),
    ...windows.map(seconds =>
      record(
        ratioSeries(seconds),
        ratioExpression(indicator, selector, seconds),
      ),
    ),
    ...(['page', 'ticket'] as const).flatMap(severity => {
      const own = tiers.filter(tier => tier.severity === severity);
      return own.length > 0 ? [toAlert(definition, severity, own)] : [];
    }),
  ];
  return {
    name: `slo-${definition.namespace}-${definition.name}`,
    interval: formatSeconds(RULE_INTERVAL_SECONDS),
    rules,
  };
}

function ratioExpression(
  indicator: IndicatorDefinition,
  selector: string,
  seconds: number,
): string {
  if (seconds === BUCKET_SECONDS) {
    return positive(`${BAD_SERIES}${selector}`, `${TOTAL_SERIES}${selector}`);
  }
  const recent = counterExpressions(
    indicator,
    Math.min(seconds, RAW_LIMIT_SECONDS),
  );
  if (seconds <= RAW_LIMIT_SECONDS) {
    return positive(recent.bad, recent.total);
  }
  if (indicator.kind.startsWith('raw')) {
    const mean = (series: string) =>
      `avg_over_time(${series}${selector}[${formatSeconds(seconds)}])`;
    return positive(mean(BAD_SERIES), mean(TOTAL_SERIES));
  }
  // A recorded sample stands for the five minutes before it; shifted by half of
  // them, what is recorded meets what is raw. One interval less, as the range
  // holds both of its ends.
  const offset =
    RAW_LIMIT_SECONDS - (BUCKET_SECONDS - RULE_INTERVAL_SECONDS) / 2;
  const range = seconds - RAW_LIMIT_SECONDS - RULE_INTERVAL_SECONDS;
  const add = (series: string, raw: string) => {
    const staged = `sum(sum_over_time(${series}${selector}[${formatSeconds(
      range,
    )}] offset ${formatSeconds(offset)})) * ${RULE_INTERVAL_SECONDS}`;
    return `(${raw} + (${staged} or ${raw} * 0))`;
  };
  return positive(add(BAD_SERIES, recent.bad), add(TOTAL_SERIES, recent.total));
}

/** Without events there is no ratio, rather than NaN. */
function positive(bad: string, total: string): string {
  return `${bad} / (${total} > 0)`;
}

function toAlert(
  definition: SloDefinition,
  severity: AlertTier['severity'],
  tiers: PlannedTier[],
): PrometheusRule {
  const { owner, entityRef } = definition;
  const pairs = tiers.map(tier => pairExpression(definition, tier));
  return {
    alert: ALERT_NAME,
    expr:
      pairs.length > 1 ? pairs.map(pair => `(${pair})`).join(' or ') : pairs[0],
    labels: {
      [SLO_LABEL]: sloLabel(definition),
      severity,
      ...(owner ? { owner } : {}),
      ...(entityRef ? { entity: entityRef } : {}),
    },
    annotations: {
      summary: `${definition.title} burns its error budget`,
      description: tiers
        .map(
          tier =>
            `${formatSeconds(tier.longSeconds)}/${formatSeconds(
              tier.shortSeconds,
            )}: burn rate above ${tier.factor}, ${Number(
              (tier.consumed * 100).toPrecision(6),
            )} % of the budget of ${definition.window.duration}`,
        )
        .join('; '),
    },
  };
}

/** PromQL that holds while both windows of a pair are above its threshold. @public */
export function pairExpression(
  definition: { namespace: string; name: string },
  tier: PlannedTier,
): string {
  const selector = `{${SLO_LABEL}=${JSON.stringify(sloLabel(definition))}}`;
  const over = (seconds: number) =>
    `${ratioSeries(seconds)}${selector} > ${tier.threshold}`;
  return `${over(tier.longSeconds)} and ${over(tier.shortSeconds)}`;
}

/** With it in Alertmanager, a page silences the ticket of the same SLO. @public */
export const INHIBITION_RULES = stringify({
  inhibit_rules: [
    {
      source_matchers: [`alertname="${ALERT_NAME}"`, 'severity="page"'],
      target_matchers: [`alertname="${ALERT_NAME}"`, 'severity="ticket"'],
      equal: [SLO_LABEL],
    },
  ],
});

/** The rules as a file, in the form of the API. @public */
export function toRulesAnswer(definition: SloDefinition): SloRules {
  const { group, problems, reason } = generateRules(definition);
  if (!group) {
    return { available: false, reason, problems };
  }
  return {
    available: true,
    fileName: `${definition.namespace}-${definition.name}.rules.yaml`,
    content: stringify({ groups: [group] }, { lineWidth: 0 }),
    recordingRules: group.rules.filter(rule => rule.record).length,
    alertingRules: group.rules.filter(rule => rule.alert).length,
    inhibition: INHIBITION_RULES,
    problems,
  };
}
