/** Figures are JSON, one object per line, so that they can be collected. */
export function print(figure: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(figure)}\n`);
}

export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

export const median = (values: number[]) => quantile(values, 0.5);

export interface Throughput {
  perSecond: number;
  p50: number;
  p99: number;
}

/**
 * Repeats `work` with a number of callers for a while.
 * @param work - gets the number of its caller, from 0
 */
export async function throughput(
  options: { concurrency: number; milliseconds: number },
  work: (caller: number) => Promise<unknown>,
): Promise<Throughput> {
  const times: number[] = [];
  const begin = performance.now();
  const end = begin + options.milliseconds;
  const caller = async (number: number) => {
    for (let now = performance.now(); now < end; ) {
      await work(number);
      const then = performance.now();
      times.push(then - now);
      now = then;
    }
  };
  await Promise.all(
    Array.from({ length: options.concurrency }, (_, number) => caller(number)),
  );
  const seconds = (performance.now() - begin) / 1000;
  return {
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}
