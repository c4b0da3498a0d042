import { InputError } from '@backstage/errors';
import { IndicatorDefinition } from '../openslo/definition';
import { formatSeconds } from '../openslo/duration';

/** How often the rules are evaluated; staged windows count on it. @public */
export const RULE_INTERVAL_SECONDS = 60;

/** Expressions for the bad and all events of a window. @public */
export interface CounterExpressions {
  bad: string;
  total: string;
}

const SELECTOR = /^[a-zA-Z_:][a-zA-Z0-9_:]*\s*(\{.*\})?$/s;
const WINDOW_VARIABLE = /\{\{\s*\.?window\s*\}\}|\$__window|\$\{window\}/;
/** A quoted string, which is kept, or a range such as [5m] or [1h30m]. */
const STRING_OR_RANGE =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\[\s*(?:\d+(?:ms|[smhdwy]))+\s*\]/g;

/**
 * The number of events in a window, or for a ratio its mean. Written as:
 * a plain selector (a counter, or with `counter: false` a gauge of events per
 * sample), or an expression over a range whose length is replaced by the window
 * (`sum(rate(x[5m]))`, also with `{{.window}}`).
 *
 * @throws InputError when there is no query, or none that a window fits in
 */
function eventsIn(
  spec: Record<string, unknown>,
  window: string,
  seconds: number,
  counter: boolean,
): string {
  const query = readQuery(spec);
  if (SELECTOR.test(query)) {
    return `sum(${
      counter ? 'increase' : 'sum_over_time'
    }(${query}[${window}]))`;
  }
  const ranged = replaceRanges(query, window);
  if (ranged === undefined) {
    throw new InputError(
      `query: found ${JSON.stringify(
        query,
      )}; allowed: a plain selector, or an expression with a range such as sum(rate(x[5m])), so that its window can be changed`,
    );
  }
  return /\b(increase|sum_over_time|delta)\s*\(/.test(query)
    ? `sum(${ranged})`
    : `(sum(${ranged}) * ${seconds})`;
}

function readQuery(spec: Record<string, unknown>): string {
  const query = spec.query ?? spec.promql;
  if (typeof query !== 'string' || query.trim() === '') {
    throw new InputError(
      `query: found ${JSON.stringify(
        query ?? null,
      )}; allowed: PromQL in spec.query of the metric source`,
    );
  }
  return query.trim();
}

/** @returns undefined when there is no range to replace */
function replaceRanges(query: string, window: string): string | undefined {
  let replaced = 0;
  const text = query
    .replace(new RegExp(WINDOW_VARIABLE, 'g'), '5m')
    .replace(STRING_OR_RANGE, part => {
      if (!part.startsWith('[')) {
        return part;
      }
      replaced += 1;
      return `[${window}]`;
    });
  return replaced > 0 ? text : undefined;
}

/**
 * PromQL for bad and all events of the last `seconds`. Raw ratios count one
 * event, of which the ratio is bad.
 *
 * @throws InputError when the indicator's queries are not usable
 * @public
 */
export function counterExpressions(
  indicator: IndicatorDefinition,
  seconds: number,
): CounterExpressions {
  const window = formatSeconds(seconds);
  const { kind, numerator, counter } = indicator;
  if (kind === 'raw-success' || kind === 'raw-failure') {
    const mean = `avg(avg_over_time((${readQuery(numerator)})[${window}:1m]))`;
    // x == x leaves out NaN: an idle moment is not an event.
    const ratio = `(${mean} == ${mean})`;
    return kind === 'raw-failure'
      ? { bad: ratio, total: `(${ratio} * 0 + 1)` }
      : { bad: `(1 - ${ratio})`, total: `(${ratio} * 0 + 1)` };
  }
  const part = eventsIn(numerator, window, seconds, counter);
  const total = eventsIn(indicator.total ?? {}, window, seconds, counter);
  // A series that has never counted does not exist: it stands for 0.
  const known = `(${part} or ${total} * 0)`;
  return kind === 'bad-total'
    ? { bad: known, total }
    : { bad: `clamp_min(${total} - ${known}, 0)`, total };
}
