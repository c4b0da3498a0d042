import {
  collectDefaultMetrics,
  Counter,
  Histogram,
  Registry,
} from 'prom-client';

/** A request that has been answered. */
export interface Answered {
  method: string;
  /** The pattern, never the path: a label with ids in it would grow for ever. */
  route: string;
  status: number;
  seconds: number;
}

/** What Prometheus reads. The objective in `openslo/` is made of these counters. */
export class Metrics {
  readonly registry = new Registry();

  readonly #requests = new Counter({
    name: 'http_requests_total',
    help: 'Answered requests. Bad are those that failed by fault of the service.',
    labelNames: ['method', 'route', 'status', 'outcome'],
    registers: [this.registry],
  });

  readonly #duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /**
   * Lets a route's counters begin at zero. Without that the first failure makes
   * a new series, in which Prometheus sees no increase.
   */
  expect(method: string, route: string): void {
    this.#requests.inc({ method, route, status: 200, outcome: 'good' }, 0);
    this.#requests.inc({ method, route, status: 500, outcome: 'bad' }, 0);
  }

  record({ method, route, status, seconds }: Answered): void {
    const outcome = status >= 500 ? 'bad' : 'good';
    this.#requests.inc({ method, route, status, outcome });
    this.#duration.observe({ method, route }, seconds);
  }
}
