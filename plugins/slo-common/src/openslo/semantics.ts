import type { SloProblem } from '../api';
import { durationSeconds } from './duration';
import { show } from './show';
import { MetricSource, RatioMetric, SliSpec, SloSpec } from './types';

type Add = (
  severity: SloProblem['severity'],
  path: string,
  message: string,
  more?: { found?: string; allowed?: string },
) => void;

function collect(check: (add: Add) => void): SloProblem[] {
  const problems: SloProblem[] = [];
  check((severity, path, message, more) =>
    problems.push({ path, severity, message, ...more }),
  );
  return problems;
}

/** What the structure of an SLO does not say about it. */
export function checkSlo(spec: SloSpec): SloProblem[] {
  return collect(add => {
    checkIndicators(spec, add);
    checkWindow(spec, add);
    spec.objectives.forEach((_, index) => checkObjective(spec, index, add));
  });
}

/** What the structure of an indicator does not say about it. */
export function checkSli(spec: SliSpec, path: string): SloProblem[] {
  return collect(add => checkIndicator(spec, path, add));
}

function checkIndicators(spec: SloSpec, add: Add) {
  const own = spec.objectives.every(one => one.indicator || one.indicatorRef);
  if (spec.indicator && spec.indicatorRef) {
    add('error', '/spec/indicatorRef', 'stands beside an indicator', {
      found: show(spec.indicatorRef),
      allowed: 'either indicator or indicatorRef',
    });
  } else if (!spec.indicator && !spec.indicatorRef && !own) {
    add('error', '/spec/indicator', 'is missing', {
      found: 'nothing',
      allowed: 'indicator or indicatorRef',
    });
  }
  if (spec.indicator) {
    checkIndicator(spec.indicator.spec, '/spec/indicator/spec', add);
  }
  spec.objectives.forEach((objective, index) => {
    if (objective.indicator) {
      const path = `/spec/objectives/${index}/indicator/spec`;
      checkIndicator(objective.indicator.spec, path, add);
    }
  });
}

function checkIndicator(spec: SliSpec, path: string, add: Add) {
  const { ratioMetric, thresholdMetric } = spec;
  if (Boolean(ratioMetric) === Boolean(thresholdMetric)) {
    add('error', path, 'needs exactly one metric', {
      found: ratioMetric ? 'both' : 'none',
      allowed: 'ratioMetric or thresholdMetric',
    });
  } else if (ratioMetric) {
    checkRatio(ratioMetric, `${path}/ratioMetric`, add);
  }
}

function checkRatio(ratio: RatioMetric, path: string, add: Add) {
  const parts = (['good', 'bad', 'total', 'raw'] as const).filter(
    part => ratio[part],
  );
  const written = parts.join(' and ') || 'none';
  if (!['good and total', 'bad and total', 'raw'].includes(written)) {
    add('error', path, 'does not say what the ratio is', {
      found: written,
      allowed: 'good and total, bad and total, or raw',
    });
    return;
  }
  if (ratio.raw && !ratio.rawType) {
    add('error', `${path}/rawType`, 'is missing', {
      found: 'nothing',
      allowed: 'success, failure',
    });
  }
  if (ratio.raw) {
    add(
      'warning',
      `${path}/raw`,
      'has no number of events: every five minutes count the same, however busy',
    );
  }
  if (ratio.counter === undefined && !ratio.raw) {
    add('warning', `${path}/counter`, 'is missing and taken as true', {
      found: 'nothing',
      allowed: 'true, false',
    });
  }
  parts.forEach(part => {
    const source = ratio[part]?.metricSource as MetricSource;
    if (!source.type && !source.metricSourceRef) {
      add('error', `${path}/${part}/metricSource`, 'names no source', {
        found: show(source),
        allowed: 'type, metricSourceRef or both',
      });
    }
  });
}

function checkWindow(spec: SloSpec, add: Add) {
  const window = spec.timeWindow?.[0];
  if (!window) {
    add('warning', '/spec/timeWindow', 'is missing and taken as 28d, rolling');
    return;
  }
  const path = '/spec/timeWindow/0';
  if (window.isRolling !== true && !window.calendar) {
    add('error', `${path}/calendar`, 'is missing', {
      found: 'nothing',
      allowed: 'calendar, or isRolling: true',
    });
  }
  const seconds = durationSeconds(window.duration) ?? 0;
  const slices = spec.objectives.map(({ timeSliceWindow }) =>
    typeof timeSliceWindow === 'string'
      ? durationSeconds(timeSliceWindow) ?? 0
      : 0,
  );
  if (window.duration.endsWith('m') && seconds <= Math.max(3600, ...slices)) {
    add(
      'warning',
      `${path}/duration`,
      'is minutes; a month is written with a capital M',
      {
        found: show(window.duration),
        allowed: `such as ${window.duration.slice(0, -1)}M`,
      },
    );
  }
}

function checkObjective(spec: SloSpec, index: number, add: Add) {
  const objective = spec.objectives[index];
  const path = `/spec/objectives/${index}`;
  const { target, targetPercent, op, value } = objective;
  if ((target === undefined) === (targetPercent === undefined)) {
    add('error', `${path}/target`, 'needs exactly one target', {
      found: target === undefined ? 'none' : 'both',
      allowed: 'target (a fraction) or targetPercent',
    });
  }
  const indicator = objective.indicator ?? spec.indicator;
  if (indicator?.spec.ratioMetric && op !== undefined) {
    add('warning', `${path}/op`, 'means nothing for a ratio and is not used', {
      found: show(op),
    });
  }
  if (
    indicator?.spec.thresholdMetric &&
    (op === undefined || value === undefined)
  ) {
    add('error', `${path}/op`, 'is needed for a threshold', {
      found: show({ op, value }),
      allowed: 'op and value',
    });
  }
  const missing = [
    ...(spec.budgetingMethod !== 'Occurrences' &&
    objective.timeSliceWindow === undefined
      ? ['timeSliceWindow']
      : []),
    ...(spec.budgetingMethod === 'Timeslices' &&
    objective.timeSliceTarget === undefined
      ? ['timeSliceTarget']
      : []),
  ];
  missing.forEach(field =>
    add(
      'error',
      `${path}/${field}`,
      `is missing with ${spec.budgetingMethod}`,
      {
        found: 'nothing',
        allowed: 'a value',
      },
    ),
  );
}
