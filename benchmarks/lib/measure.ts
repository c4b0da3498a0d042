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

export function sleep(ms: number): Promise<void> {
  return new Promise(done => {
    setTimeout(done, Math.max(0, ms));
  });
}

/** Calls `work` with 0, 1, 2, … until `count`, with so many callers at a time. */
export async function inParallel(
  count: number,
  callers: number,
  work: (number: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const caller = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
}
