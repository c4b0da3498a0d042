import { stringify } from 'yaml';
import { sloDocument } from '../__testUtils__/documents';
import {
  durationSeconds,
  formatSeconds,
  formatSloProblem,
  toSloDefinition,
  validateOpenSlo,
  validateOpenSloYaml,
} from '.';

const lines = (document: unknown, severity = 'error') =>
  validateOpenSlo(document)
    .filter(problem => problem.severity === severity)
    .map(formatSloProblem);

const source = (type = 'Any') => ({
  metricSource: { type, spec: { query: 'x' } },
});
const ratio = (ratioMetric: object) => ({
  indicator: { metadata: { name: 'r' }, spec: { ratioMetric } },
});

describe('validateOpenSlo', () => {
  it('has nothing to say about a good document', () => {
    expect(validateOpenSlo(sloDocument())).toEqual([]);
    expect(
      validateOpenSlo(
        sloDocument({}, { labels: { team: ['a', 'b'], x: 'y' } }),
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'SLI',
      { ratioMetric: { counter: true, good: source(), total: source() } },
    ],
    ['Service', { description: 'x' }],
    ['Service', {}],
    ['DataSource', { type: 'Prometheus', connectionDetails: { url: 'x' } }],
    [
      'AlertCondition',
      {
        severity: 'page',
        condition: {
          kind: 'burnrate',
          op: 'lte',
          threshold: 2,
          lookbackWindow: '1h',
          alertAfter: '5m',
        },
      },
    ],
    ['AlertNotificationTarget', { target: 'email' }],
    [
      'AlertPolicy',
      {
        conditions: [{ conditionRef: 'a' }],
        notificationTargets: [{ targetRef: 'b' }],
      },
    ],
  ])('accepts kind %s', (kind, spec) => {
    const document = { ...sloDocument(), kind, spec };
    expect(validateOpenSlo(document)).toEqual([]);
  });

  it.each([
    [null, '/: is not a document; found null'],
    [[], '/: is not a document; found []'],
    [
      { ...sloDocument(), apiVersion: 'openslo/v2' },
      '/apiVersion: is not supported; found "openslo/v2"; allowed: openslo/v1',
    ],
    [
      { ...sloDocument(), kind: 'Slo' },
      '/kind: is not a kind of OpenSLO; found "Slo"; allowed: SLO, SLI',
    ],
    [{ ...sloDocument(), spec: undefined }, '/spec: is missing'],
    [
      { ...sloDocument(), kind: 'DataSource', spec: { type: 'x' } },
      '/spec/connectionDetails: is missing',
    ],
    [sloDocument({ service: undefined }), '/spec/service: is missing'],
    [
      sloDocument({ objectives: [] }),
      '/spec/objectives: is out of range; found []',
    ],
    [
      sloDocument({ objectives: [{ target: 1 }] }),
      '/spec/objectives/0/target: is out of range; found 1; allowed: it must be < 1',
    ],
    [
      sloDocument({ objectives: [{ target: '0.9' }] }),
      '/spec/objectives/0/target: has the wrong type; found "0.9"; allowed: number',
    ],
    [
      sloDocument({ objectives: [{}] }),
      '/spec/objectives/0/target: needs exactly one target; found none',
    ],
    [
      sloDocument({ objectives: [{ target: 0.9, targetPercent: 90 }] }),
      '/spec/objectives/0/target: needs exactly one target; found both',
    ],
    [
      sloDocument({ budgetingMethod: 'Ocurrences' }),
      '/spec/budgetingMethod: is not allowed; found "Ocurrences"; allowed: Occurrences, Timeslices, RatioTimeslices',
    ],
    [
      sloDocument({
        budgetingMethod: 'Timeslices',
        objectives: [{ target: 0.9, timeSliceTarget: 0.9 }],
      }),
      '/spec/objectives/0/timeSliceWindow: is missing with Timeslices',
    ],
    [
      sloDocument({ budgetingMethod: 'RatioTimeslices' }),
      '/spec/objectives/0/timeSliceWindow: is missing with RatioTimeslices',
    ],
    [
      sloDocument({ timeWindow: [{ duration: '28 days' }] }),
      '/spec/timeWindow/0/duration: is not well formed; found "28 days"; allowed: a whole number and one of m',
    ],
    [
      sloDocument({ timeWindow: [{ duration: '1M' }] }),
      '/spec/timeWindow/0/calendar: is missing',
    ],
    [
      sloDocument({ indicatorRef: 'x' }),
      '/spec/indicatorRef: stands beside an indicator',
    ],
    [sloDocument({ indicator: undefined }), '/spec/indicator: is missing'],
    [
      sloDocument(ratio({ good: source(), bad: source(), total: source() })),
      '/spec/indicator/spec/ratioMetric: does not say what the ratio is; found good and bad and total',
    ],
    [
      sloDocument(ratio({ good: source() })),
      '/spec/indicator/spec/ratioMetric: does not say what the ratio is; found good;',
    ],
    [
      sloDocument(ratio({ raw: source() })),
      '/spec/indicator/spec/ratioMetric/rawType: is missing',
    ],
    [
      sloDocument(
        ratio({
          counter: true,
          bad: { metricSource: { spec: {} } },
          total: source(),
        }),
      ),
      '/spec/indicator/spec/ratioMetric/bad/metricSource: names no source',
    ],
    [
      sloDocument({ indicator: { spec: { thresholdMetric: source() } } }),
      '/spec/objectives/0/op: is needed for a threshold',
    ],
  ])('refuses %#', (document, line) => {
    const found = lines(document);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(line);
  });

  it.each([
    [
      sloDocument({ objectives: [{ target: 0.9, op: 'gt' }] }),
      '/spec/objectives/0/op: means nothing for a ratio',
    ],
    [
      sloDocument({ timeWindow: [{ duration: '1m', isRolling: true }] }),
      '/spec/timeWindow/0/duration: is minutes; a month is written with a capital M; found "1m"; allowed: such as 1M',
    ],
    [
      sloDocument({ timeWindow: null }),
      '/spec/timeWindow: is missing and taken as 28d',
    ],
    [
      sloDocument(ratio({ good: source(), total: source() })),
      '/spec/indicator/spec/ratioMetric/counter: is missing and taken as true',
    ],
    [
      sloDocument(ratio({ raw: source(), rawType: 'failure' })),
      '/spec/indicator/spec/ratioMetric/raw: has no number of events',
    ],
  ])('only warns of %#', (document, line) => {
    expect(lines(document)).toEqual([]);
    expect(lines(document, 'warning')[0]).toContain(line);
  });

  it('reads YAML of several documents and says in which a problem is', () => {
    const good = stringify(sloDocument());
    const bad = stringify(sloDocument({ service: 5 }));
    const result = validateOpenSloYaml(`${good}---\n${bad}---\na: [\n`);
    expect(result.documents).toBe(3);
    expect(result.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/1/spec/service', '/2']),
    );
    expect(
      result.problems.find(problem => problem.path === '/2')?.message,
    ).toContain('is not YAML');
    expect(validateOpenSloYaml('').problems[0].message).toContain(
      'no document',
    );
    expect(validateOpenSloYaml('a: *none').problems).not.toEqual([]);
  });
});

describe('durations', () => {
  it.each([
    ['1m', 60],
    ['1M', 30 * 86_400],
    ['4w', 28 * 86_400],
    ['1Y', 365 * 86_400],
    ['0d', undefined],
    ['1.5h', undefined],
    ['5', undefined],
    ['1s', undefined],
  ])('%p is %p', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  it('are written as short as can be', () => {
    expect([300, 3600, 86_400, 21_480, 90].map(formatSeconds)).toEqual([
      '5m',
      '1h',
      '1d',
      '358m',
      '90s',
    ]);
  });
});

describe('toSloDefinition', () => {
  const none = { find: () => undefined };
  const define = (spec: object, documents = none) =>
    toSloDefinition(sloDocument(spec) as never, documents);

  it('resolves what the document says', () => {
    expect(define({ objectives: [{ targetPercent: 99.9 }] })).toMatchObject({
      ref: 'slo:default/checkout',
      title: 'Checkout works',
      window: { duration: '30d', seconds: 30 * 86_400, rolling: true },
      objectives: [{ name: 'objective-1', target: 0.999 }],
      indicator: { sourceType: 'prometheus', kind: 'bad-total', counter: true },
    });
  });

  it('finds an indicator and the type of its source by their names', () => {
    const sli = {
      spec: {
        ratioMetric: {
          counter: false,
          good: { metricSource: { metricSourceRef: 'prom', spec: {} } },
          total: { metricSource: { metricSourceRef: 'prom', spec: {} } },
        },
      },
    };
    const find = (kind: string) =>
      (kind === 'SLI' ? sli : { spec: { type: 'Prometheus' } }) as never;
    const spec = { indicator: undefined, indicatorRef: 'requests' };
    expect(
      toSloDefinition(sloDocument(spec) as never, { find }).indicator,
    ).toMatchObject({
      sourceType: 'prometheus',
      sourceName: 'prom',
      kind: 'good-total',
      counter: false,
    });
    expect(define(spec).unsupported).toContain('“requests”');
  });

  it.each([
    [{ timeWindow: [{ duration: '1M', calendar: {} }] }, 'Calendar'],
    [{ timeWindow: [{ duration: '5m', isRolling: true }] }, '5m is not'],
    [
      {
        budgetingMethod: 'Timeslices',
        objectives: [
          { target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: '1m' },
        ],
      },
      'multiple of 5m',
    ],
    [{ indicator: { spec: { thresholdMetric: source() } } }, 'Threshold'],
    [ratio({ good: source('a'), total: source('b') }), 'one data source'],
  ])('says what is not evaluated: %#', (spec, words) => {
    const definition = define(spec);
    expect(definition.unsupported).toContain(words);
    expect(definition.indicator).toBeUndefined();
  });
});
