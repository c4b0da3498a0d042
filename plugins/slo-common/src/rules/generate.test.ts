import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { definition } from '../__testUtils__/documents';
import { detectionMinutes, STANDARD_TIERS } from '../core';
import {
  ALERT_NAME,
  counterExpressions,
  GeneratedRules,
  generateRules,
  INHIBITION_RULES,
  pairExpression,
  toRulesAnswer,
} from '.';

const promtool = process.env.HANDRAIL_PROMTOOL ?? 'promtool';

jest.setTimeout(180_000);

describe('rules of one SLO', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'handrail-rules-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function write(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** Fails with what promtool says. */
  function run(...args: string[]): string {
    try {
      return execFileSync(promtool, args, { encoding: 'utf8' });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${stdout}\n${stderr}`);
    }
  }

  const query = 'http_requests_total{path="[5m]",code=~"5.."}';
  it.each([
    ['counters of bad events', {}],
    ['counters of good events', { kind: 'good-total' as const }],
    ['ratio of bad events', { kind: 'raw-failure' as const, total: undefined }],
    [
      'ratio of good events',
      { kind: 'raw-success' as const, total: undefined },
    ],
    ['gauges of events', { counter: false }],
    ['selector with labels', { numerator: { query } }],
    [
      'rates',
      {
        numerator: { query: `sum(rate(${query}[5m]))` },
        total: { query: 'sum by (job) (rate(x_total[{{.window}}]))' },
      },
    ],
  ])('load in Prometheus for %s', (_name, indicator) => {
    const answer = toRulesAnswer(definition({}, indicator));
    expect(answer.problems).toEqual([]);
    const { recordingRules = 0, alertingRules = 0, content = '' } = answer;
    expect(recordingRules + alertingRules).toBeLessThanOrEqual(12);
    expect(alertingRules).toBe(2);
    const path = write('check.yaml', content);
    expect(run('check', 'rules', path)).toContain(
      `${recordingRules + alertingRules} rules found`,
    );
    expect(parse(content).groups[0].rules.length).toBeLessThanOrEqual(20);
  });

  it('change ranges, not what is quoted', () => {
    const { bad } = counterExpressions(
      definition({}, { numerator: { query: `sum(rate(${query}[5m]))` } })
        .indicator!,
      3600,
    );
    expect(bad).toContain(`sum(rate(${query}[1h]))) * 3600`);
  });

  it.each([
    [
      { query: 'sum(http_requests_total)' },
      'so that its window can be changed',
    ],
    [{ query: '' }, 'found ""; allowed: PromQL in spec.query'],
    [{}, 'found null; allowed: PromQL in spec.query'],
  ])('are not made of %p', (numerator, words) => {
    const answer = toRulesAnswer(definition({}, { numerator }));
    expect(answer.available).toBe(false);
    expect(answer.reason).toContain(words);
    expect(answer.content).toBeUndefined();
  });

  it('say why there are none', () => {
    expect(
      toRulesAnswer(definition({}, { sourceType: 'embedded' })).reason,
    ).toContain('“embedded”');
    expect(
      toRulesAnswer(definition({ unsupported: 'No calendar.' })).reason,
    ).toBe('No calendar.');
    expect(
      toRulesAnswer(definition({ budgetingMethod: 'Timeslices' })).reason,
    ).toContain('Timeslices');
  });

  it('leave out pairs that can never alert, and say so', () => {
    const rules = generateRules(
      definition({ objectives: [{ name: 'a', target: 0.93 }] }),
    );
    expect(rules.tiers).toHaveLength(3);
    expect(rules.problems).toEqual([
      expect.objectContaining({ path: '/alerts/page/1h', severity: 'error' }),
    ]);
    const none = generateRules(
      definition({ objectives: [{ name: 'a', target: 0.93 }] }),
      { tiers: STANDARD_TIERS.slice(0, 1) },
    );
    expect(none.group).toBeUndefined();
    expect(none.reason).toBe('No pair of windows can alert on it.');
  });

  it('tell page and ticket apart by severity alone, for the inhibition', () => {
    const { group } = generateRules(definition());
    const [page, ticket] = group!.rules.filter(rule => rule.alert);
    expect(page.labels).toEqual({ ...ticket.labels, severity: 'page' });
    expect(ticket.labels.severity).toBe('ticket');
    expect(parse(INHIBITION_RULES).inhibit_rules).toEqual([
      {
        source_matchers: [`alertname="${ALERT_NAME}"`, 'severity="page"'],
        target_matchers: [`alertname="${ALERT_NAME}"`, 'severity="ticket"'],
        equal: ['slo'],
      },
    ]);
  });

  /** As much healthy traffic as the longest window, then failures. */
  const ONSET = 3 * 24 * 60;

  function detectionTest(rules: GeneratedRules, ratio: number, files: string) {
    const expressions: object[] = [];
    const at = new Map<string, number>();
    let last = 0;
    rules.tiers.forEach(tier => {
      const computed = detectionMinutes(tier, ratio);
      const minutes = computed && Number(computed.toFixed(6));
      const holds = (minute: number, expected: boolean) => {
        last = Math.max(last, minute);
        expressions.push({
          expr: `count(${pairExpression(definition(), tier)}) or vector(0)`,
          eval_time: `${ONSET + minute}m`,
          exp_samples: [{ labels: '{}', value: expected ? 1 : 0 }],
        });
      };
      if (minutes === undefined) {
        // By then the window holds nothing but failures.
        holds(tier.longSeconds / 60 + 5, false);
      } else {
        holds(Math.ceil(minutes) - 1, false);
        holds(Math.floor(minutes) + 1, true);
        at.set(
          tier.severity,
          Math.min(at.get(tier.severity) ?? Infinity, minutes),
        );
      }
    });
    const group = rules.group!;
    const alerts = group.rules.filter(rule => rule.alert);
    const firing = (minute: number, severities: string[]) => ({
      alertname: ALERT_NAME,
      eval_time: `${ONSET + minute}m`,
      exp_alerts: alerts
        .filter(alert => severities.includes(alert.labels.severity))
        .map(alert => ({
          exp_labels: alert.labels,
          exp_annotations: alert.annotations,
        })),
    });
    return {
      rule_files: [files],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: [
            {
              series: 'requests_total',
              values: `0+1000x${ONSET + last}`,
            },
            {
              series: 'bad_total',
              values: `0+0x${ONSET} ${ratio * 1000}+${ratio * 1000}x${last}`,
            },
          ],
          promql_expr_test: expressions,
          alert_rule_test: [firing(0, []), firing(last, [...at.keys()])],
        },
      ],
    };
  }

  it.each([1, 0.1, 0.02, 0.01, 0.005, 0.002])(
    'detect an error ratio of %p within one evaluation of the computed time',
    ratio => {
      const rules = generateRules(definition());
      const file = write('rules.yaml', stringify({ groups: [rules.group] }));
      const test = detectionTest(rules, ratio, file);
      expect(
        run('test', 'rules', write('test.yaml', stringify(test))),
      ).toContain('SUCCESS');
    },
  );

  it('stay silent while nothing happens and while there are few failures', () => {
    const rules = generateRules(definition());
    const file = write('rules.yaml', stringify({ groups: [rules.group] }));
    const test = {
      rule_files: [file],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: [
            // Ten hours of traffic, eight of none, and traffic again.
            {
              series: 'requests_total',
              values: '0+1000x600 600000+0x480 601000+1000x600',
            },
            { series: 'bad_total', values: '0+0x1682' },
          ],
          promql_expr_test: [500, 700, 1050, 1090, 1600].map(minute => ({
            expr: 'count({__name__=~"slo:error_ratio:.*"} != 0) or vector(0)',
            eval_time: `${minute}m`,
            exp_samples: [{ labels: '{}', value: 0 }],
          })),
          alert_rule_test: [500, 1050, 1600].map(minute => ({
            alertname: ALERT_NAME,
            eval_time: `${minute}m`,
          })),
        },
      ],
    };
    expect(run('test', 'rules', write('idle.yaml', stringify(test)))).toContain(
      'SUCCESS',
    );
  });
});
