import { ServiceUnavailableError } from '@backstage/errors';
import { PrometheusServer } from './config';

const DEFAULT_TIMEOUT_MS = 10_000;
/** Longest text of a foreign error that is passed on. */
const MAX_TEXT = 200;

interface Answer {
  status?: string;
  error?: string;
  data?: { resultType?: string; result?: unknown };
}

/**
 * The one number that an instant query comes to now.
 *
 * @throws ServiceUnavailableError when the server does not answer, refuses the
 * query, or the result is not exactly one number.
 */
export async function prometheusQuery(
  server: PrometheusServer,
  query: string,
  timeoutMs: number = DEFAULT_TIMEOUT_MS,
): Promise<number> {
  const who = `Prometheus “${server.name}”`;
  const { ok, status, body } = await ask(server, query, timeoutMs);
  if (!ok || body?.status !== 'success') {
    const told = body?.error ? `: ${body.error}`.slice(0, MAX_TEXT) : '';
    throw new ServiceUnavailableError(`${who} answered ${status}${told}`);
  }
  const values = valuesOf(body.data);
  if (!values) {
    throw new ServiceUnavailableError(
      `${who} answered something that is not the result of an instant query`,
    );
  }
  if (values.length !== 1) {
    throw new ServiceUnavailableError(
      values.length === 0
        ? `${who} has no data for ${query}`
        : `${who} has ${values.length} series for ${query}; aggregate them to one`,
    );
  }
  const value = Number(values[0]);
  if (!Number.isFinite(value)) {
    throw new ServiceUnavailableError(
      `${who} answered ${values[0]} to ${query}`,
    );
  }
  return value;
}

async function ask(
  server: PrometheusServer,
  query: string,
  timeoutMs: number,
): Promise<{ ok: boolean; status: number; body?: Answer }> {
  try {
    const response = await fetch(`${server.url}/api/v1/query`, {
      method: 'POST',
      headers: server.headers,
      body: new URLSearchParams({ query }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { ok: response.ok, status: response.status, body: parse(text) };
  } catch (error) {
    throw new ServiceUnavailableError(
      (error as Error).name === 'TimeoutError'
        ? `Prometheus “${server.name}” did not answer within ${
            timeoutMs / 1000
          } s`
        : `Prometheus “${server.name}” cannot be reached`,
    );
  }
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns undefined when the data is neither a scalar nor a vector */
function valuesOf(data: Answer['data']): unknown[] | undefined {
  const { resultType, result } = data ?? {};
  if (!Array.isArray(result)) {
    return undefined;
  }
  if (resultType === 'scalar') {
    return [result[1]];
  }
  return resultType === 'vector'
    ? result.map(series => series?.value?.[1])
    : undefined;
}
