import { ToilItem } from '@handrail/plugin-sop-common';
import { StepRow } from './queries';

const MONTH_DAYS = 30;

type Times = NonNullable<ToilItem['manual']>;

function timesOf(row: StepRow, days: number): Times {
  const count = Number(row.completed);
  const measured = Number(row.measured ?? 0);
  const activeMs =
    measured > 0 ? Math.round(Number(row.sum_active) / measured) : undefined;
  const perMonth = (count * MONTH_DAYS) / days;
  return {
    count,
    measured,
    perMonth: Math.round(perMonth * 10) / 10,
    ...(count > 0
      ? { totalMs: Math.round(Number(row.sum_total ?? 0) / count) }
      : {}),
    ...(activeMs === undefined
      ? {}
      : { activeMs, activePerMonthMs: Math.round(activeMs * perMonth) }),
  };
}

/**
 * Manual steps by the time people spend on them per thirty days, greatest first.
 * A step of the same id that a later revision automates is told before and
 * after; what people did by hand before is what automation saves each time.
 *
 * @param days - the period that the rows are of
 */
export function toilOf(rows: StepRow[], days: number): ToilItem[] {
  const steps = new Map<string, ToilItem>();
  for (const row of rows) {
    const isManual = row.step_type === 'manual';
    if ((!isManual && row.step_type !== 'action') || !Number(row.completed)) {
      continue;
    }
    const key = `${row.sop_ref} ${row.step_id}`;
    const item: ToilItem = steps.get(key) ?? {
      sopRef: row.sop_ref,
      sopTitle: row.sop_title,
      stepId: row.step_id,
      stepName: row.step_name,
    };
    item[isManual ? 'manual' : 'automated'] = timesOf(row, days);
    steps.set(key, item);
  }
  return [...steps.values()]
    .filter(item => item.manual)
    .map(item =>
      item.automated && item.manual?.activeMs !== undefined
        ? {
            ...item,
            savedPerMonthMs: Math.round(
              item.manual.activeMs * item.automated.perMonth,
            ),
          }
        : item,
    )
    .sort(
      (a, b) =>
        (b.manual?.activePerMonthMs ?? -1) -
          (a.manual?.activePerMonthMs ?? -1) ||
        (b.manual?.count ?? 0) - (a.manual?.count ?? 0) ||
        a.stepId.localeCompare(b.stepId),
    );
}
