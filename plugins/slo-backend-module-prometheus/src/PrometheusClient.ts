import { PrometheusServer } from './config';

/** One series of a range query: values by seconds since 1970. */
export interface RangeSeries {
  labels: Record<string, string>;
  values: Array<[number, number]>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** Longest text of a foreign error that is passed on. */
const MAX_TEXT = 200;

/** Reads one server; counts its queries. */
export class PrometheusClient {
  queries = 0;

  constructor(
    private readonly server: PrometheusServer,
    private readonly timeoutMs: number = DEFAULT_TIMEOUT_MS,
  ) {}

  /**
   * Values at `start`, `start + step` ... `end`.
   * @throws Error with a sentence that says what the server did
   */
  async queryRange(
    query: string,
    range: { start: number; end: number; step: number },
  ): Promise<RangeSeries[]> {
    this.queries += 1;
    const who = `Prometheus “${this.server.name}”`;
    const { status, text } = await this.#post(who, {
      query,
      start: String(range.start),
      end: String(range.end),
      step: String(range.step),
      timeout: `${Math.ceil(this.timeoutMs / 1000)}s`,
    });
    const body = parseJson(text);
    if (status < 200 || status >= 300) {
      const told = typeof body?.error === 'string' ? `: ${body.error}` : '';
      throw new Error(`${who} answered ${status}${told.slice(0, MAX_TEXT)}.`);
    }
    const result = readMatrix(body);
    if (!result) {
      throw new Error(
        `${who} answered something that is not the result of a range query.`,
      );
    }
    return result;
  }

  async #post(
    who: string,
    parameters: Record<string, string>,
  ): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(`${this.server.url}/api/v1/query_range`, {
        method: 'POST',
        headers: this.server.headers,
        body: new URLSearchParams(parameters),
        redirect: 'error',
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      const { name } = error as { name?: string };
      throw new Error(
        name === 'TimeoutError'
          ? `${who} did not answer within ${this.timeoutMs / 1000} s.`
          : `${who} cannot be reached.`,
      );
    }
  }
}

function parseJson(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns undefined when anything in it is not as it should be */
function readMatrix(body: any): RangeSeries[] | undefined {
  const result = body?.data?.result;
  if (
    body?.status !== 'success' ||
    body.data?.resultType !== 'matrix' ||
    !Array.isArray(result)
  ) {
    return undefined;
  }
  const series: RangeSeries[] = [];
  for (const { metric, values } of result) {
    if (!Array.isArray(values)) {
      return undefined;
    }
    series.push({
      labels: metric ?? {},
      values: values.map(([at, value]) => [Number(at), Number(value)]),
    });
  }
  return series;
}
